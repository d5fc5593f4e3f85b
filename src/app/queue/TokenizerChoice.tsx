import { useId } from "react";
import { CHUNK_TOKENIZERS, type ChunkTokenizer, type ImportOptions } from "../../contract/index.ts";
import { useApp } from "../state/context.tsx";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

interface TokenizerChoiceProps {
  readonly value: ChunkTokenizer;
  readonly onChange: (options: ImportOptions) => void;
}

/** Whose tokens a chunk of a long text has 128 of. */
export function TokenizerChoice({ value, onChange }: TokenizerChoiceProps) {
  const model = useApp((state) => state.model.status?.model.name ?? "…");
  const words = useWords("queue", english);
  const id = useId();
  return (
    <p className="tokenizer">
      <label htmlFor={id}>{words.tokenizer}</label>{" "}
      <select
        id={id}
        className="field"
        value={value}
        onChange={(event) => {
          const tokenizer = CHUNK_TOKENIZERS.find((one) => one === event.currentTarget.value);
          onChange(tokenizer === undefined || tokenizer === "model" ? {} : { tokenizer });
        }}
      >
        {CHUNK_TOKENIZERS.map((one) => (
          <option key={one} value={one}>
            {one === "model" ? model : words.tokenizers[one]}
          </option>
        ))}
      </select>
    </p>
  );
}
