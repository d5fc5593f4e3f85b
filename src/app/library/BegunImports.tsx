import { useRef } from "react";
import type { BegunImport } from "../../contract/index.ts";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { keeping } from "../words/en/keeping.ts";
import { useWords } from "../words/words.ts";

/** Imports that did not come to their end, each with the way on and the way out. */
export function BegunImports() {
  const begun = useApp((state) => state.library.begun);
  return begun.map((one) => <Begun key={one.id} begun={one} />);
}

function Begun({ begun }: { readonly begun: BegunImport }) {
  const words = useWords("keeping", keeping);
  const isAtHand = useApp((state) => state.library.atHand.includes(begun.name));
  const { library } = useActions();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Notice tone="warning">
      <strong dir="auto">{words.begun(begun.name)}</strong>{" "}
      {isAtHand ? words.begunAtHand : words.begunElsewhere}{" "}
      <button
        type="button"
        className="link"
        onClick={() => (isAtHand ? void library.resumeImport(begun) : input.current?.click())}
      >
        {isAtHand ? words.goOn : words.chooseAgain}
      </button>{" "}
      <button type="button" className="link" onClick={() => void library.forgetImport(begun)}>
        {words.forget}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".zip"
        aria-label={words.chooseAgain}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void library.importBundle(file);
          event.currentTarget.value = "";
        }}
      />
    </Notice>
  );
}
