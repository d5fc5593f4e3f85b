import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { ByTurns } from "./ByTurns.tsx";
import { Embedded } from "./Embedded.tsx";
import { Turns } from "./Turns.tsx";
import { rankById } from "../ranks.ts";
import { benches } from "../../words/en/benches.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** convsearch: a conversation, its next question, and passages for the two together. */
export function ConvsearchView() {
  const { turns, question } = useApp((state) => state.query.drafts.convsearch);
  const result = useApp((state) => state.results.convsearch.result);
  const { query } = useActions();
  const { of, steps } = useApp((state) => state.pictures.byTurns);
  const alone = of === result && steps.length > 1 ? steps[0]?.result.hits : undefined;
  const words = useWords("views", views).convsearch;
  const told = useWords("benches", benches).convsearch;
  return (
    <div className="talk">
      <section className="talk-side" aria-label={told.conversation}>
        <Turns
          turns={turns}
          cut={result?.query.turnsCut ?? 0}
          onChange={(changed) => query.type("convsearch", { turns: changed, question })}
          onDrop={query.dropTurns}
        />
        <QueryBox
          task="convsearch"
          label={words.label}
          placeholder={turns.length === 0 ? words.first : words.next}
          value={question}
          onChange={(value) => query.type("convsearch", { turns, question: value })}
        />
        {question === "" && turns.length === 0 && <SampleChips task="convsearch" />}
        {result !== null && <Embedded query={result.query} />}
      </section>
      <HitList
        task="convsearch"
        heading={words.heading}
        between={<ByTurns />}
        former={alone && { name: told.byAlone, rankById: rankById(alone) }}
        extra={(hit) => (
          <button
            type="button"
            className="link"
            onClick={() =>
              query.use({
                task: "convsearch",
                turns: [...turns, question, hit.passage.text],
                question: "",
              })
            }
          >
            {words.takeAnswer}
          </button>
        )}
      />
    </div>
  );
}
