import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { longTextScope } from "../../state/query.ts";
import { selectSources } from "../../state/select.ts";
import { usePassages } from "../use-passages.ts";
import { AroundCursor } from "./AroundCursor.tsx";
import { WholeMatrix } from "./WholeMatrix.tsx";
import { Strip } from "./Strip.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** lrlm: a long text as a strip of chunks; what stands before the cursor recalls what helps to go on. */
export function LrlmView() {
  const sources = useApp((state) => selectSources(state, "lrlm"));
  const sourceId = useApp((state) => state.query.sourceId);
  const cursor = useApp((state) => state.query.cursor);
  const { chunk } = useApp((state) => state.query.drafts.lrlm);
  const hits = useApp((state) => state.results.lrlm.result?.hits);
  const hasAnswer = hits !== undefined;
  const selected = useApp((state) => state.results.lrlm.selected);
  const collectionId = useApp((state) => longTextScope(state)?.collectionId);
  const { query, results } = useActions();
  const words = useWords("views", views).lrlm;
  const scope = collectionId === undefined || sourceId === null ? {} : { collectionId, sourceId };
  const { total, rowAt, onRows } = usePassages(scope);
  if (sourceId === null) return null;

  const around = (
    <AroundCursor
      before={rowAt(cursor - 1)}
      after={rowAt(cursor)}
      cursor={cursor}
      isQuery={chunk.trim() === ""}
      onRows={onRows}
    />
  );
  return (
    <>
      {sources.length > 1 && (
        <label className="text-choice">
          {words.text}
          <select
            className="field"
            value={sourceId}
            onChange={(event) => {
              const text = sources.find(({ id }) => id === Number(event.currentTarget.value));
              if (text) query.setCursor(text.id, text.total);
            }}
          >
            {sources.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Strip
        chunks={total}
        cursor={cursor}
        hits={hits ?? []}
        selected={selected}
        onCursor={(next) => query.setCursor(sourceId, next)}
        onHit={(place) => results.select("lrlm", place)}
      />
      <QueryBox
        task="lrlm"
        label={words.label}
        placeholder={words.placeholder}
        value={chunk}
        onChange={(value) => query.type("lrlm", { chunk: value })}
      />
      {chunk === "" && <SampleChips task="lrlm" />}
      {!hasAnswer && around}
      <HitList
        task="lrlm"
        heading={words.heading}
        between={
          <>
            {around}
            <WholeMatrix sourceId={sourceId} cursor={cursor} hits={hits ?? []} />
          </>
        }
        extra={({ continuation }) =>
          continuation && (
            <p className="passage continuation" dir="auto">
              <span className="continuation-label">{words.goesOn}</span>
              {continuation.text}
            </p>
          )
        }
      />
    </>
  );
}
