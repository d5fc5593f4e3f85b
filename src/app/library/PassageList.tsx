import { useState } from "react";
import type { Kind, Passage, Source } from "../../contract/index.ts";
import { formatCount } from "../parts/format.ts";
import { formatPage } from "../parts/pages.ts";
import { usePassages } from "../views/use-passages.ts";
import { ingest } from "../words/en/ingest.ts";
import { library } from "../words/en/library.ts";
import { useWords } from "../words/words.ts";
import { PassageDialog } from "./PassageDialog.tsx";
import { RowList } from "./RowList.tsx";

const ROW_REM = 4.75;

interface PassageListProps {
  readonly source: Source;
  readonly kind: Kind;
}

/** Every passage of a source, with where it stands; Enter opens one. */
export function PassageList({ source, kind }: PassageListProps) {
  const words = useWords("library", library);
  const { collectionId, id: sourceId } = source;
  const { total, rowAt, onRows } = usePassages({ collectionId, sourceId });
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const passage = rowAt(active);
  return (
    <section className="library-list" aria-label={words.passages}>
      {total > 0 && (
        <RowList
          label={words.passages}
          total={total}
          rowRem={ROW_REM}
          onRows={onRows}
          active={Math.min(active, total - 1)}
          onActive={setActive}
          onOpen={(row) => {
            setActive(row);
            setOpen(true);
          }}
          renderRow={(row) => <PassageRow passage={rowAt(row)} row={row} />}
        />
      )}
      {passage && (
        <div className="library-tools">
          <button type="button" className="button strong" onClick={() => setOpen(true)}>
            {words.open}
          </button>
          <span className="quiet">{words.openPassage(formatCount(active + 1))}</span>
        </div>
      )}
      {passage && (
        <PassageDialog
          key={passage.id}
          passage={passage}
          source={source}
          kind={kind}
          isOpen={isOpen}
          onOpen={setOpen}
        />
      )}
    </section>
  );
}

function PassageRow({ passage, row }: { readonly passage: Passage | undefined; readonly row: number }) {
  const words = useWords("library", library);
  const pageWords = useWords("ingest", ingest);
  if (!passage) return <span className="quiet">{formatCount(row + 1)} …</span>;
  const { title, text } = passage;
  return (
    <>
      <span className="row-facts quiet">
        <span className="sounding">{formatCount(row + 1)}</span> · {placeOf(passage, words, pageWords)}
        {passage.isEdited && <span className="row-tag">{words.edited}</span>}
        {title !== "" && (
          <>
            {" · "}
            <strong dir="auto">{title}</strong>
          </>
        )}
      </span>
      <span className="row-text" dir="auto">
        {text.slice(0, 400)}
      </span>
    </>
  );
}

/** Page and characters, as far as they are known. */
export function placeOf(
  { record, startUtf16, endUtf16 }: Passage,
  words: typeof library,
  pageWords: typeof ingest,
): string {
  const page = formatPage(record, pageWords);
  return (page === "" ? "" : `${page}, `) + words.place(formatCount(startUtf16), formatCount(endUtf16));
}
