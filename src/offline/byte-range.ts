/** Bytes `from` to `end`, which is not among them. */
interface Span {
  readonly from: number;
  readonly end: number;
}

/**
 * The answer to a request for a part of a file that is there whole. What asks for several parts, for a part of an older
 * file, or in another unit gets all of it.
 *
 * Source: RFC 9110, sections 13.1.5 (`If-Range`), 14.1.2 and 14.4.
 */
export async function answerRange(request: Request, whole: Response): Promise<Response> {
  const asked = /^bytes=(?!-$)(\d*)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  const ifRange = request.headers.get("If-Range");
  if (whole.status !== 200 || !asked || (ifRange !== null && ifRange !== whole.headers.get("ETag")))
    return whole;
  const content = await whole.blob();
  const span = spanOf(asked[1] ?? "", asked[2] ?? "", content.size);
  const headers = new Headers(whole.headers);
  headers.set("Content-Range", `bytes ${span ? `${span.from}-${span.end - 1}` : "*"}/${content.size}`);
  if (!span) return new Response(null, { status: 416, headers });
  headers.set("Content-Length", String(span.end - span.from));
  return new Response(content.slice(span.from, span.end), { status: 206, headers });
}

/** Null where no byte of the file is meant. */
function spanOf(first: string, last: string, size: number): Span | null {
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  return from < end ? { from, end } : null;
}
