/**
 * The buffers in a plain value that can change hands instead of being copied: those that a typed array covers
 * whole. Views into something larger (WASM memory, a pool) are left to structured clone, which copies them.
 */
export function transferablesOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (part: unknown, depth: number): void => {
    if (typeof part !== "object" || part === null || depth > 4) return;
    if (ArrayBuffer.isView(part)) {
      const { buffer } = part;
      if (buffer instanceof ArrayBuffer && part.byteLength === buffer.byteLength && part.byteLength > 0)
        found.add(buffer);
    } else {
      for (const inner of Array.isArray(part) ? part : Object.values(part)) visit(inner, depth + 1);
    }
  };
  visit(value, 0);
  return [...found];
}
