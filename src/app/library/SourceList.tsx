import { useId, useMemo, useState, type KeyboardEvent } from "react";
import type { Collection, Source } from "../../contract/index.ts";
import { formatCount, formatDate, formatNoun } from "../parts/format.ts";
import { useActions } from "../state/context.tsx";
import { NOUN_OF_KIND } from "../views/about.ts";
import { library } from "../words/en/library.ts";
import { useLanguage, useWords } from "../words/words.ts";
import { LastRemoved } from "./Removed.tsx";
import { RowList } from "./RowList.tsx";
import { FIRST_LOOK, lookAt, SORTS, type Look } from "./sort-sources.ts";
import { NameForm, SourceActions } from "./SourceActions.tsx";

const ROW_REM = 3.5;
const NONE: ReadonlySet<number> = new Set();

interface SourceListProps {
  readonly collection: Collection;
  readonly sources: readonly Source[];
}

/** The sources of a collection: found by name, sorted, chosen and looked after, by keyboard as well. */
export function SourceList({ collection, sources }: SourceListProps) {
  const words = useWords("library", library);
  const language = useLanguage();
  const keysId = useId();
  const { library: actions } = useActions();
  const [look, setLook] = useState(FIRST_LOOK);
  const [activeId, setActiveId] = useState<number | null>(null);
  const [chosenIds, setChosenIds] = useState(NONE);
  const [renaming, setRenaming] = useState<number | null>(null);
  const listed = useMemo(() => lookAt(sources, look, language), [sources, look, language]);
  const rowById = useMemo(() => new Map(listed.map(({ id }, row) => [id, row])), [listed]);
  const [lastRow, setLastRow] = useState(0);
  const active = Math.min(rowById.get(activeId ?? -1) ?? lastRow, Math.max(0, listed.length - 1));
  const current = listed[active];
  const chosenRows = new Set([...chosenIds].flatMap((id) => rowById.get(id) ?? []));
  const chosen =
    chosenRows.size > 0 ? listed.filter((_, row) => chosenRows.has(row)) : current ? [current] : [];

  const show = (row: number): void => {
    const source = listed[row];
    if (source) actions.show({ collectionId: collection.id, sourceId: source.id });
  };
  const activate = (row: number): void => {
    setActiveId(listed[row]?.id ?? null);
    setLastRow(row);
    setRenaming(null);
  };
  const remove = (): void => {
    // What follows what goes.
    setLastRow(active - [...chosenRows].filter((row) => row < active).length);
    setActiveId(null);
    setChosenIds(NONE);
    void actions.remove(chosen);
  };
  const onKey = ({ key }: KeyboardEvent): boolean => {
    if ((key === "Delete" || key === "Backspace") && chosen.length > 0) remove();
    else if (key === "F2" && current) setRenaming(current.id);
    else return false;
    return true;
  };

  return (
    <section className="library-list" aria-label={words.sources}>
      <LookForm look={look} onLook={setLook} />
      {listed.length === 0 ? (
        <p className="quiet">{sources.length === 0 ? words.noSource : words.noMatch(look.filter)}</p>
      ) : (
        <RowList
          label={words.sources}
          describedBy={keysId}
          total={listed.length}
          rowRem={ROW_REM}
          active={active}
          onActive={activate}
          chosen={chosenRows}
          onChoose={(rows) => setChosenIds(new Set([...rows].flatMap((row) => listed[row]?.id ?? [])))}
          onOpen={show}
          onKey={onKey}
          renderRow={(row) => {
            const source = listed[row];
            return source && <SourceRow source={source} kind={collection.kind} />;
          }}
        />
      )}
      {current && (
        <div
          className="library-tools"
          role="group"
          aria-label={chosen.length > 1 ? words.chosen(formatCount(chosen.length)) : current.name}
        >
          {renaming === current.id ? (
            <NameForm
              name={current.name}
              onCancel={() => setRenaming(null)}
              onSave={(name) => {
                setRenaming(null);
                void actions.renameSource(current, name);
              }}
            />
          ) : chosen.length > 1 ? (
            <>
              <strong>{words.chosen(formatCount(chosen.length))}</strong>
              <button type="button" className="button danger" onClick={remove}>
                {words.remove}
              </button>
              <button type="button" className="button" onClick={() => setChosenIds(NONE)}>
                {words.cancel}
              </button>
            </>
          ) : (
            <>
              <strong className="library-name" dir="auto">
                {current.name}
              </strong>
              <button type="button" className="button strong" onClick={() => show(active)}>
                {words.open}
              </button>
              <SourceActions source={current} onRename={() => setRenaming(current.id)} />
            </>
          )}
        </div>
      )}
      <LastRemoved />
      <p className="quiet library-keys" id={keysId}>
        {words.keys}
      </p>
    </section>
  );
}

interface LookFormProps {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

function LookForm({ look, onLook }: LookFormProps) {
  const words = useWords("library", library);
  return (
    <div className="library-look">
      <input
        type="search"
        className="field"
        aria-label={words.filter}
        placeholder={words.filter}
        value={look.filter}
        onChange={(event) => onLook({ ...look, filter: event.currentTarget.value })}
      />
      <label>
        {words.sortBy}{" "}
        <select
          className="field"
          value={look.sort}
          onChange={(event) => {
            const sort = SORTS.find((one) => one === event.currentTarget.value) ?? look.sort;
            onLook({ ...look, sort, isDescending: sort !== "name" });
          }}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {words.sorts[sort]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="icon-button"
        aria-label={words.descending}
        aria-pressed={look.isDescending}
        title={words.descending}
        onClick={() => onLook({ ...look, isDescending: !look.isDescending })}
      >
        {look.isDescending ? "↓" : "↑"}
      </button>
    </div>
  );
}

function SourceRow({ source, kind }: { readonly source: Source; readonly kind: Collection["kind"] }) {
  const words = useWords("library", library);
  const { name, total, done, addedAt, dateMs, sizeUtf16, tags } = source;
  const facts = [
    formatNoun(total, NOUN_OF_KIND[kind]),
    done < total ? words.notIndexed(formatCount(total - done)) : "",
    words.characters(formatCount(sizeUtf16)),
    words.addedOn(formatDate(addedAt)),
    dateMs === null ? "" : words.datedOn(formatDate(new Date(dateMs).toISOString())),
  ];
  return (
    <>
      <span className="row-name" dir="auto">
        {name}
      </span>
      <span className="row-facts quiet">
        {facts.filter((fact) => fact !== "").join(" · ")}
        {tags.map((tag) => (
          <span key={tag} className="row-tag" dir="auto">
            {tag}
          </span>
        ))}
      </span>
    </>
  );
}
