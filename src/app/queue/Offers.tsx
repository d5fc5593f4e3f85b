import { KIND_OF_TASK } from "../../contract/index.ts";
import { formatNoun, formatSeconds } from "../parts/format.ts";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import type { Offer } from "../state/corpus.ts";
import { aboutOf, NOUN_OF_KIND } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

/** Embedding that takes longer than a moment: why it is needed and what it costs, before it begins. */
export function Offers() {
  const offers = useApp((state) => state.corpus.offers);
  return offers.map((offer) => <OneOffer key={`${offer.collection.id}:${offer.task}`} offer={offer} />);
}

function OneOffer({ offer }: { readonly offer: Offer }) {
  const model = useApp((state) => state.model.status?.model.name ?? "");
  const { corpus } = useActions();
  const words = useWords("queue", english);
  const { collection, task, missing, unfinished, seconds } = offer;
  const passages = formatNoun(missing + unfinished, NOUN_OF_KIND[KIND_OF_TASK[task]]);
  return (
    <Notice tone="plain">
      {words.offer(shownName(collection), passages, aboutOf(task).title, model)}{" "}
      {seconds === null ? words.offerUnknown : words.offerTime(formatSeconds(seconds))} {words.offerMeanwhile}{" "}
      <button type="button" className="link" onClick={() => void corpus.decide(offer, true)}>
        {words.embed}
      </button>{" "}
      <button type="button" className="link" onClick={() => void corpus.decide(offer, false)}>
        {words.notNow}
      </button>
    </Notice>
  );
}
