import type { RemoteSearch } from "../../contract/index.ts";
import { shownName } from "../state/collection-name.ts";
import { useApp } from "../state/context.tsx";
import { remote as english } from "../words/en/remote.ts";
import { useWords } from "../words/words.ts";

/** Which of the collections were searched on a server, and how words were found there. */
export function SearchedThere({ remote }: { readonly remote: readonly RemoteSearch[] }) {
  const words = useWords("remote", english);
  const collections = useApp((state) => state.corpus.collections);
  return remote.map(({ collectionId, host, keywords }) => {
    const collection = collections.find(({ id }) => id === collectionId);
    const how = { filter: words.byFilter, none: words.denseOnly, "not-asked": "" }[keywords];
    const where = words.searchedThere(collection ? shownName(collection) : host, host);
    return (
      <p key={collectionId} className="reach">
        {[where, how].filter((part) => part !== "").join(" · ")}
      </p>
    );
  });
}
