import type { PassageRecord } from "../../contract/index.ts";
import { contentDigest } from "../content-digest.ts";
import type { Migration } from "../migrate.ts";

/** A passage can be found by its content, so that one that was embedded before is not embedded again. */
export const passageDigests: Migration = {
  version: 5,
  up(db) {
    db.script("ALTER TABLE passage ADD COLUMN digest BLOB");
    for (const id of db.read("SELECT id FROM passage", [], (row) => row.number(0))) {
      const digest = db.first("SELECT title, text, record FROM passage WHERE id = ?", [id], (row) =>
        contentDigest({
          title: row.text(0),
          text: row.text(1),
          record: JSON.parse(row.text(2)) as PassageRecord,
        }),
      );
      if (digest) db.run("UPDATE passage SET digest = ? WHERE id = ?", [digest, id]);
    }
    db.script("CREATE INDEX passage_of_digest ON passage (digest)");
  },
};
