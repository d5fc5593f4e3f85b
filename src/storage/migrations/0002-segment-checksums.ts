import { checksumOf } from "../checksum.ts";
import type { Migration } from "../migrate.ts";

/** Each segment says which ordinals it spans, to find a passage's vector, and what its bytes add up to. */
export const segmentChecksums: Migration = {
  version: 2,
  up(db) {
    db.script(`
      ALTER TABLE segment ADD COLUMN first_ordinal INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE segment ADD COLUMN last_ordinal INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE segment ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX segment_of_ordinal ON segment (index_id, source_id, first_ordinal);
    `);
    for (const id of db.read("SELECT id FROM segment", [], (row) => row.number(0))) {
      const segment = db.first("SELECT ordinals, vectors FROM segment WHERE id = ?", [id], (row) => ({
        ordinals: new Int32Array(row.bytes(0).buffer),
        vectors: row.bytes(1),
      }));
      if (!segment) continue;
      const { ordinals, vectors } = segment;
      const [first, last] = [
        ordinals.reduce((a, b) => Math.min(a, b)),
        ordinals.reduce((a, b) => Math.max(a, b)),
      ];
      db.run("UPDATE segment SET first_ordinal = ?, last_ordinal = ?, checksum = ? WHERE id = ?", [
        first,
        last,
        checksumOf(ordinals, vectors),
        id,
      ]);
    }
  },
};
