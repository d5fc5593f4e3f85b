const SIGNATURES: readonly (readonly [name: string, bytes: string, offset?: number])[] = [
  ["a PDF", "%PDF-"],
  ["a ZIP archive or an Office or EPUB file", "PK\x03\x04"],
  ["an old Office file", "\xd0\xcf\x11\xe0"],
  ["a PNG picture", "\x89PNG"],
  ["a JPEG picture", "\xff\xd8\xff"],
  ["a GIF picture", "GIF8"],
  ["a WebP picture", "WEBP", 8],
  ["a gzip archive", "\x1f\x8b"],
  ["a 7-Zip archive", "7z\xbc\xaf\x27\x1c"],
  ["a SQLite database", "SQLite format 3\0"],
  ["an MP4 or MOV video", "ftyp", 4],
  ["an MP3 recording", "ID3"],
  ["a WAV recording", "WAVE", 8],
  ["a program", "\x7fELF"],
  ["a program", "MZ\x90"],
  ["a WebAssembly module", "\0asm"],
  ["an RTF document", "{\\rtf"],
];

/** Names what a file that is not plain text seems to be, by its first bytes. */
export function fileSignature(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  for (const [name, signature, offset = 0] of SIGNATURES) if (head.startsWith(signature, offset)) return name;
  return null;
}
