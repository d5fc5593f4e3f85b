import { createGraph } from "../../convert/onnx/graph.ts";
import { gather, matMul, unsqueeze } from "../../convert/onnx/ops/standard.ts";

/** Words of the tests' language model; after each comes the next one, after `?` the first, after the last the end. */
const ANSWER = ["three", "minutes", "in", "boiling", "water"];
const WORDS = ["[UNK]", "[PAD]", "[END]", "user", ":", "?", "how", "long", ...ANSWER];
const END = WORDS.indexOf("[END]");

/** What it always writes. */
export const ALWAYS = ANSWER.join(" ");

const TEMPLATE =
  "{% for message in messages %}{{ message['role'] }} : {{ message['content'] }} {% endfor %}{% if add_generation_prompt %}?{% endif %}";

/** A causal language model of a few hundred numbers, in the layout in which such models are published as ONNX. */
export function createNextWordModel(): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const json = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  const special = ["[UNK]", "[PAD]", "[END]"].map((content) => ({
    id: WORDS.indexOf(content),
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  }));
  return {
    "config.json": json({
      model_type: "gpt2",
      architectures: ["GPT2LMHeadModel"],
      n_layer: 1,
      n_head: 1,
      n_embd: WORDS.length,
      vocab_size: WORDS.length,
      eos_token_id: END,
      bos_token_id: END,
    }),
    "generation_config.json": json({ eos_token_id: END, pad_token_id: END }),
    "tokenizer.json": json({
      version: "1.0",
      added_tokens: special,
      normalizer: { type: "Lowercase" },
      pre_tokenizer: { type: "BertPreTokenizer" },
      post_processor: null,
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
      },
    }),
    "tokenizer_config.json": json({
      tokenizer_class: "PreTrainedTokenizer",
      eos_token: "[END]",
      pad_token: "[PAD]",
      unk_token: "[UNK]",
      chat_template: TEMPLATE,
    }),
    "onnx/model.onnx": graph(),
  };
}

function graph(): Uint8Array<ArrayBuffer> {
  const size = WORDS.length;
  const follows = new Float32Array(size * size);
  for (let word = 0; word < size; word++) follows[word * size + next(word)] = 1;
  const g = createGraph("next-word", Number.POSITIVE_INFINITY);
  const ids = g.input("input_ids", "int64", ["batch", "length"]);
  g.input("attention_mask", "int64", ["batch", "all"]);
  const one = Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  const states = gather(g, g.constant(one, [size, size]), ids);
  g.output("logits", matMul(g, states, g.constant(follows, [size, size])), "float32", [
    "batch",
    "length",
    size,
  ]);
  for (const part of ["key", "value"]) {
    const past = g.input(`past_key_values.0.${part}`, "float32", ["batch", 1, "past", size]);
    const now = unsqueeze(g, states, [1]);
    const all = g.node("Concat", [past, now], { attributes: { axis: 2 } });
    g.output(`present.0.${part}`, all, "float32", ["batch", 1, "all", size]);
  }
  return Uint8Array.from(g.build().onnx);
}

function next(word: number): number {
  const first = WORDS.indexOf(ANSWER[0] ?? "");
  if (WORDS[word] === "?") return first;
  return word >= first && word < WORDS.length - 1 ? word + 1 : END;
}
