/** A text in which what stands between backticks is set as code. */
export function Coded({ text }: { readonly text: string }) {
  return text.split("`").map((part, place) => (place % 2 === 0 ? part : <code key={place}>{part}</code>));
}
