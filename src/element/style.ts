/** The look, by custom properties and parts; constructed, so that no inline style is needed under a strict policy. */
const CSS = `
:host { --sextant-paper: light-dark(#fffdf7, #10202b); --sextant-ink: light-dark(#1d2b36, #e9e4d6);
  --sextant-line: light-dark(#c9c2ae, #33495a); --sextant-accent: light-dark(#2f38cb, #95cafb);
  --sextant-lit: light-dark(#e7ecf5, #1c3444); --sextant-mark: light-dark(#f6e3a1, #6b5510);
  --sextant-font: inherit; --sextant-width: 40rem; --sextant-height: 70vh;
  display: block; position: relative; color: var(--sextant-ink); font: var(--sextant-font); }
:host([hidden]) { display: none }
* { box-sizing: border-box }
[part=input] { inline-size: 100%; padding: .55em .75em; font: inherit; color: inherit; background: var(--sextant-paper);
  border: 1px solid var(--sextant-line); border-radius: 3px }
[part=input]:focus-visible, button:focus-visible { outline: 2px solid var(--sextant-accent); outline-offset: 1px }
[part=panel] { background: var(--sextant-paper); border: 1px solid var(--sextant-line); border-radius: 3px;
  inline-size: min(var(--sextant-width), calc(100vw - 1rem)); display: flex; flex-direction: column }
[part=panel][hidden] { display: none }
.drop { position: absolute; inset-block-start: calc(100% + 4px); inset-inline-start: 0; z-index: 50; box-shadow: 0 6px 24px #0003 }
[part=status] { margin: 0; padding: .4em .75em; font-size: .8125em; opacity: .8; min-block-size: 1.9em }
[part=results] { max-block-size: var(--sextant-height); overflow: auto }
[part=results]:empty { display: none }
[part=page] { border-block-start: 1px solid var(--sextant-line) }
a { display: block; padding: .5em .75em; color: inherit; text-decoration: none }
a[part=part] { padding-inline-start: 1.75em }
a[aria-selected=true] { background: var(--sextant-lit); box-shadow: inset 3px 0 var(--sextant-accent) }
a[aria-selected=true]:dir(rtl) { box-shadow: inset -3px 0 var(--sextant-accent) }
[part=page-title] { display: block; font-weight: 650; color: var(--sextant-accent) }
[part=part-title] { display: block; font-weight: 600 }
[part=excerpt] { display: block; font-size: .875em; overflow-wrap: anywhere }
mark { background: var(--sextant-mark); color: inherit }
button { font: inherit; color: inherit; background: var(--sextant-paper); border: 1px solid var(--sextant-line);
  border-radius: 3px; padding: .5em .75em; min-block-size: 40px; cursor: pointer }
[part=more], [part=full] { margin: .5em .75em; align-self: start }
[part=full] { font-size: .8125em }
[part=more][hidden], [part=full][hidden] { display: none }
[part=key] { opacity: .7; font-size: .8125em; margin-inline-start: .75em }
dialog { padding: 0; border: 1px solid var(--sextant-line); border-radius: 3px; background: var(--sextant-paper); color: inherit;
  inline-size: min(var(--sextant-width), calc(100vw - 1rem)); margin-block-start: 8vh }
dialog::backdrop { background: #0007 }
dialog [part=input] { border-width: 0 0 1px; border-radius: 0 }
dialog [part=panel] { border: 0; inline-size: 100% }
@media (forced-colors: active) { a[aria-selected=true] { outline: 2px solid Highlight } }
`;

let sheet: CSSStyleSheet | undefined;

/** One stylesheet for all elements of a page. */
export function elementSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
