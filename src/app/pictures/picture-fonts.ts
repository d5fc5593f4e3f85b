/** Characters that a rule of `@font-face` is for: all when it does not say. */
function coversAny(range: string, codes: ReadonlySet<number>): boolean {
  if (range === "") return true;
  const spans = range.split(",").map((one) => {
    const [from = "", to = from] = one.trim().replace(/^U\+/i, "").split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return [...codes].some((code) => spans.some(([from, to]) => code >= from && code <= to));
}

/**
 * The page's own fonts, as far as texts of a drawing are set in them, as rules with the fonts inside: what is saved then looks
 * the same where they are not installed.
 */
export async function fontRulesFor(drawing: SVGElement): Promise<string> {
  const texts = [...drawing.querySelectorAll("text")];
  const codes = new Set(
    texts.flatMap((text) => Array.from(text.textContent, (letter) => letter.codePointAt(0) ?? 0)),
  );
  const attributes = (name: string) => new Set(texts.map((text) => text.getAttribute(name) ?? ""));
  const [families, styles] = [[...attributes("font-family")].join(","), attributes("font-style")];
  const wanted = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const said = (name: string) => rule.style.getPropertyValue(name);
      const isUsed =
        families.includes(said("font-family").replaceAll(/["']/g, "")) &&
        styles.has(said("font-style") || "normal") &&
        coversAny(said("unicode-range"), codes);
      const address = /url\("?([^")]+)"?\)/.exec(said("src"))?.[1];
      return isUsed && address !== undefined
        ? [{ said, address: new URL(address, sheet.href ?? document.baseURI) }]
        : [];
    }),
  );
  const rules = await Promise.all(
    wanted.map(async ({ said, address }) => {
      const kept = ["font-family", "font-weight", "font-style", "unicode-range"].filter(
        (name) => said(name) !== "",
      );
      const own = kept.map((name) => `${name}:${said(name)}`).join(";");
      return `@font-face{${own};src:url(${await dataUrlOf(address)}) format("woff2")}`;
    }),
  );
  return rules.join("");
}

async function dataUrlOf(address: URL): Promise<string> {
  const response = await fetch(address);
  if (!response.ok)
    throw new Error(
      `A font of the picture could not be read (${response.status}). Reload the page and save it again.`,
    );
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(typeof reader.result === "string" ? reader.result : ""));
    reader.addEventListener("error", () => reject(reader.error ?? new Error(String(address))));
    reader.readAsDataURL(blob);
  });
}
