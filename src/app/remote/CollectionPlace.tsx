import type { Collection, RemoteLink } from "../../contract/index.ts";
import { formatDate, formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hostOf } from "../state/host-of.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { remote as english } from "../words/en/remote.ts";
import { useWords } from "../words/words.ts";
import { PlaceBadge } from "./PlaceBadge.tsx";

/** Where one collection is, and what can be done about that. */
export function CollectionPlace({ collection }: { readonly collection: Collection }) {
  const words = useWords("remote", english);
  const links = useApp((state) => state.remote.links);
  const link = links?.[collection.id];
  const { remote } = useActions();
  return (
    <div className="collection-place">
      <PlaceBadge collectionId={collection.id} />
      {link && <p>{described(link, collection, words)}</p>}
      <p className="library-tools">
        {link?.mode === "remote" ? (
          <button type="button" className="button" onClick={() => void remote.pull(link)}>
            {words.pull}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={links === null}
            onClick={() => remote.show({ push: collection })}
          >
            {link ? words.pushAgain : words.push}
          </button>
        )}
        {link?.mode === "pushed" && (
          <button type="button" className="button" onClick={() => void remote.forget(link)}>
            {words.forget}
          </button>
        )}
      </p>
    </div>
  );
}

function described(
  { server, mode, passages, atMs }: RemoteLink,
  { kind }: Collection,
  words: typeof english,
): string {
  const host = hostOf(server.url);
  const counted = formatNoun(passages, NOUN_OF_KIND[kind]);
  return mode === "remote"
    ? words.livesAt(host, counted)
    : words.pushedTo(host, counted, formatDate(new Date(atMs).toISOString()));
}
