import type { ByteSink } from "../../../../base/byte-source.ts";
import { crc32 } from "../crc32.ts";

export interface ZipWriter {
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** Writes the directory and closes the sink. */
  close(): Promise<void>;
}

/** torch starts every entry's bytes at such a multiple. */
const ALIGNMENT = 64;
/** Sizes follow the bytes, names are UTF-8. */
const FLAGS = 0x0808;

/**
 * Writes a zip file as torch does: entries stored, aligned by an extra field "FB", sizes behind the bytes and in the
 * directory. Up to 4 GiB.
 *
 * Source: APPNOTE.TXT 4.3; pytorch/caffe2/serialize/inline_container.cc `detail::getPadding`.
 */
export function createZipWriter(sink: ByteSink): ZipWriter {
  const directory: Uint8Array[] = [];
  return {
    async add(name, bytes) {
      const offset = sink.sizeBytes;
      const utf8 = new TextEncoder().encode(name);
      const padding = (ALIGNMENT - ((offset + 34 + utf8.length) % ALIGNMENT)) % ALIGNMENT;
      const extra = new Uint8Array(4 + padding).fill(0x5a);
      extra.set([0x46, 0x42, padding, 0]);
      const [crc, size] = [crc32(bytes), bytes.length];
      const local = fields([4, 0x04034b50], [2, 0], [2, FLAGS], [18, 0], [2, utf8.length], [2, extra.length]);
      await sink.write(joined(local, utf8, extra));
      await sink.write(bytes);
      await sink.write(fields([4, 0x08074b50], [4, crc], [4, size], [4, size]));
      directory.push(
        joined(
          fields([4, 0x02014b50], [4, 0], [2, FLAGS], [6, 0], [4, crc], [4, size], [4, size]),
          fields([2, utf8.length], [12, 0], [4, offset]),
          utf8,
        ),
      );
    },
    async close() {
      const [offset, bytes, count] = [sink.sizeBytes, joined(...directory), directory.length];
      if (offset + bytes.length >= 2 ** 32) throw new RangeError("the checkpoint is larger than 4 GiB");
      await sink.write(bytes);
      await sink.write(
        fields([4, 0x06054b50], [4, 0], [2, count], [2, count], [4, bytes.length], [4, offset], [2, 0]),
      );
      await sink.close();
    },
  };
}

/** Little-endian numbers of the given widths in bytes. */
function fields(...list: readonly (readonly [width: number, value: number])[]): Uint8Array {
  return Uint8Array.from(
    list.flatMap(([width, value]) =>
      Array.from({ length: width }, (_, byte) => Math.floor(value / 256 ** byte) % 256),
    ),
  );
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
