import { Popover } from "@base-ui/react/popover";
import { useEffect, useRef, useState } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { hasSample, selectSample } from "../state/select.ts";
import { tour } from "../words/en/tour.ts";
import { useWords } from "../words/words.ts";
import { STEPS } from "./steps.ts";

const LOOK_EVERY_MS = 200;

/** The task whose sample is shown. */
const TASK = "qa";

/** A walk past what matters, over the sample; the keyboard is enough, and Escape ends it. */
export function Tour() {
  const place = useApp((state) => state.panel.tour);
  return place === null ? null : <Walk place={place} />;
}

function Walk({ place }: { readonly place: number }) {
  const words = useWords("tour", tour);
  const { panel } = useActions();
  const step = STEPS[place];
  const element = useElement(step?.at ?? []);
  const text = useRef<HTMLParagraphElement>(null);
  usePreparedSample();
  if (step === undefined) return null;
  const { title, text: told } = words.steps[step.id];
  const isLast = place === STEPS.length - 1;
  return (
    <Popover.Root
      open
      onOpenChange={(open, { reason }) => !open && reason === "escape-key" && panel.goTour(null)}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={element} sideOffset={12} collisionPadding={12} className="tour-place">
          <Popover.Popup className="popover tour" initialFocus={text} key={step.id}>
            <p className="quiet">{words.label(String(place + 1), String(STEPS.length))}</p>
            <Popover.Title className="popover-title">{title}</Popover.Title>
            <Popover.Description ref={text} tabIndex={-1}>
              {told}
            </Popover.Description>
            {element === null && <p className="quiet">{words.waiting}</p>}
            <p className="tour-ways">
              {!isLast && (
                <button type="button" className="link" onClick={() => panel.goTour(null)}>
                  {words.end}
                </button>
              )}
              {place > 0 && (
                <button type="button" className="button" onClick={() => panel.goTour(place - 1)}>
                  {words.back}
                </button>
              )}
              <button
                type="button"
                className="button strong"
                onClick={() => panel.goTour(isLast ? null : place + 1)}
              >
                {isLast ? words.done : words.next}
              </button>
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Adds the sample where it is not, and asks its first question where nothing is asked. */
function usePreparedSample(): void {
  const sample = useApp((state) => selectSample(state, TASK));
  const isHere = useApp((state) => hasSample(state, TASK));
  const isAsked = useApp((state) => state.query.drafts.qa.question.trim() !== "");
  const ready = useApp((state) => state.corpus.ready);
  const { panel, query } = useActions();
  const first = sample?.queries[0];
  const added = useRef(false);
  useEffect(() => query.setTask(TASK), [query]);
  useEffect(() => {
    if (!ready || sample === undefined || isHere || added.current) return;
    added.current = true;
    void panel.addSample(TASK);
  }, [ready, sample, isHere, panel]);
  useEffect(() => {
    if (isHere && !isAsked && first) query.use(first);
  }, [isHere, isAsked, first, query]);
}

/** The first of these elements that is on the page, marked and in view; null while there is none. */
function useElement(selectors: readonly string[]): HTMLElement | null {
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let marked: HTMLElement | null = null;
    const look = (): void => {
      if (marked?.isConnected) return;
      marked = selectors.map((one) => document.querySelector<HTMLElement>(one)).find(Boolean) ?? null;
      marked?.setAttribute("data-toured", "");
      marked?.scrollIntoView({ block: "nearest" });
      setElement(marked);
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      marked?.removeAttribute("data-toured");
    };
  }, [selectors]);
  return element;
}
