import { useRef } from "react";
import type { SearchResult, TaskId } from "../../contract/index.ts";
import { saveFile } from "../parts/save-file.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";
import type { HitsFormat } from "./hits-file.ts";

const FORMATS = [
  { format: "csv", name: "CSV", type: "text/csv" },
  { format: "json", name: "JSON", type: "application/json" },
  { format: "md", name: "Markdown", type: "text/markdown" },
] as const satisfies readonly { readonly format: HitsFormat; readonly name: string; readonly type: string }[];

interface SaveHitsProps {
  readonly task: TaskId;
  readonly result: SearchResult;
}

/** Hits as a file: a small menu that closes by itself. */
export function SaveHits({ task, result }: SaveHitsProps) {
  const words = useWords("hits", english);
  const collections = useApp((state) => state.corpus.collections);
  const { jobs } = useActions();
  const menu = useRef<HTMLDetailsElement>(null);

  const close = (): void => {
    if (menu.current) menu.current.open = false;
    menu.current?.querySelector("summary")?.focus();
  };
  const save = async ({ format, type }: (typeof FORMATS)[number]): Promise<void> => {
    close();
    try {
      const { formatHits } = await import("./hits-file.ts");
      const nameById = new Map(collections.map(({ id, name }) => [id, name]));
      const text = formatHits(format, { task, result, nameById });
      saveFile(`sextant-${task}.${format}`, new Blob([text], { type: `${type};charset=utf-8` }));
      jobs.settle(words.save);
    } catch (error) {
      jobs.fail(words.save, error);
    }
  };

  return (
    <details
      className="save"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !menu.current?.open) return;
        event.stopPropagation();
        close();
      }}
      onBlur={(event) => {
        const stays =
          event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!stays && event.relatedTarget !== null) event.currentTarget.open = false;
      }}
    >
      <summary className="link" data-press="export">
        {words.save}
      </summary>
      <ul>
        {FORMATS.map((one) => (
          <li key={one.format}>
            <button
              type="button"
              className="link"
              aria-label={words.saveAs(one.name)}
              onClick={() => void save(one)}
            >
              {one.name}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
