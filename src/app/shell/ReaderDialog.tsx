import { Dialog } from "@base-ui/react/dialog";
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { formatCount } from "../parts/format.ts";
import { countPages, partsByPage } from "../parts/pages.ts";
import { sliceAround, widen, type Slice } from "../parts/window-of.ts";
import { useActions, useApp } from "../state/context.tsx";
import type { Reading } from "../state/panel.ts";
import { ingest } from "../words/en/ingest.ts";
import { material } from "../words/en/material.ts";
import { useWords } from "../words/words.ts";

/** A source as it was put in, open at the place of a passage. */
export function ReaderDialog() {
  const reading = useApp((state) => state.panel.reading);
  const { panel } = useActions();
  return (
    <Dialog.Root open={reading !== null} onOpenChange={(open) => !open && panel.read(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog reader">
          {reading && <Reader key={`${reading.sourceId}:${reading.startUtf16}`} reading={reading} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Reader({ reading }: { readonly reading: Reading }) {
  const { corpus, panel } = useActions();
  const { sourceId, name, startUtf16, endUtf16 } = reading;
  const words = useWords("material", material);
  const [text, setText] = useState<string | null>(null);

  useEffect(() => {
    let mounted = true;
    void corpus.readText(sourceId).then((found) => {
      if (!mounted) return;
      if (found === undefined) panel.read(null);
      else setText(found);
    });
    return () => {
      mounted = false;
    };
  }, [corpus, panel, sourceId]);

  return (
    <>
      <header className="reader-head">
        <Dialog.Title className="dialog-title" dir="auto">
          {name}
        </Dialog.Title>
        <Dialog.Close className="button">{words.close}</Dialog.Close>
      </header>
      {text === null ? (
        <p className="quiet">{words.openingText}</p>
      ) : (
        <ReaderText text={text} start={startUtf16} end={endUtf16} />
      )}
    </>
  );
}

interface ReaderTextProps {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function ReaderText({ text, start, end }: ReaderTextProps) {
  const words = useWords("material", material);
  const [slice, setSlice] = useState<Slice>(() => sliceAround(text.length, start, end));
  const span = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    span.current?.scrollIntoView({ block: "center" });
  }, []);
  const pages = useMemo(() => countPages(text), [text]);
  const page = useMemo(() => Math.min(pages, countPages(text, 0, start) + 1), [text, pages, start]);
  const part = (from: number, to: number) => {
    const [first, last] = [Math.max(from, slice.start), Math.min(to, slice.end)];
    if (pages === 0) return text.slice(first, last);
    return <Pages text={text.slice(first, last)} firstPage={countPages(text, 0, first) + 1} />;
  };
  return (
    <>
      <Dialog.Description className="sounding">
        {pages > 0 && `${words.pageOf(formatCount(page), formatCount(pages))} · `}
        {words.characters(formatCount(slice.start + 1), formatCount(slice.end), formatCount(text.length))}
      </Dialog.Description>
      <div className="reader-text" tabIndex={0} role="region" aria-label={words.sourceText}>
        {slice.start > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => setSlice(widen(slice, text.length, "start"))}
          >
            {words.before}
          </button>
        )}
        <pre dir="auto">
          {part(0, start)}
          {end > start && (
            <mark ref={span} className="span">
              {part(start, end)}
            </mark>
          )}
          {part(end, text.length)}
        </pre>
        {slice.end < text.length && (
          <button type="button" className="button" onClick={() => setSlice(widen(slice, text.length, "end"))}>
            {words.after}
          </button>
        )}
      </div>
    </>
  );
}

/** Text with a line before each page that begins in it. */
function Pages({ text, firstPage }: { readonly text: string; readonly firstPage: number }) {
  const words = useWords("ingest", ingest);
  return partsByPage(text, firstPage).map(({ text: shown, page }) => (
    <Fragment key={page ?? 0}>
      {page !== null && <span className="page-mark">{words.page(formatCount(page))}</span>}
      {shown}
    </Fragment>
  ));
}
