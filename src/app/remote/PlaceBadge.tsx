import { useEffect } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { remote as english } from "../words/en/remote.ts";
import { useWords } from "../words/words.ts";
import "../style/remote.css";

/** Where a collection is, in words: here only, copied to a server, or on a server. Nothing until it is known. */
export function PlaceBadge({ collectionId }: { readonly collectionId: number }) {
  const words = useWords("remote", english);
  const mode = useApp(({ remote: { links } }) => links && (links[collectionId]?.mode ?? ("local" as const)));
  const { remote } = useActions();
  useEffect(() => remote.ensure(), [remote]);
  if (mode === null) return null;
  const said = { local: words.local, pushed: words.pushed, remote: words.living } as const;
  return (
    <span className="place-badge" data-place={mode}>
      {said[mode]}
    </span>
  );
}
