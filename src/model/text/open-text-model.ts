import { SextantError, type ChatMessage, type Dtype, type FinishReason } from "../../contract/index.ts";
import { outOfMemory } from "../session/gpu-faults.ts";
import { isMemoryError, tooLarge } from "../session/memory-error.ts";
import { LOCAL_MODEL, loadTransformers, type TransformersOptions } from "../session/transformers.ts";

export interface OpenTextModelOptions extends TransformersOptions {
  readonly name: string;
  readonly dtype: Dtype;
}

export interface TextOptions {
  readonly maxTokens: number;
  /** Called with every piece as it is written. */
  readonly onText: (text: string) => void;
}

export interface WrittenText {
  readonly finish: FinishReason;
  readonly promptTokens: number;
  readonly answerTokens: number;
}

/** A language model that writes on this device. */
export interface TextModel {
  /** Always the likeliest word: the same question has the same answer. Only the end of its worker stops it. */
  write(messages: readonly ChatMessage[], options: TextOptions): Promise<WrittenText>;
  close(): Promise<void>;
}

/**
 * Opens a causal language model by transformers.js, with its own tokenizer and chat template.
 *
 * Throws: `model/too-large`, `gpu/out-of-memory`; `model/unsupported` where the library does not run it.
 */
export async function openTextModel(options: OpenTextModelOptions): Promise<TextModel> {
  const { name, dtype, device } = options;
  const transformers = await loadTransformers(options);
  const { AutoModelForCausalLM, AutoTokenizer, TextStreamer } = transformers;
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(LOCAL_MODEL);
    const model = await AutoModelForCausalLM.from_pretrained(LOCAL_MODEL, {
      dtype,
      device: device === null ? "wasm" : "webgpu",
    });
    return {
      async write(messages, { maxTokens, onText }) {
        const inputs = tokenizer.apply_chat_template([...messages], {
          add_generation_prompt: true,
          return_dict: true,
        }) as { readonly input_ids: { readonly dims: readonly number[] } };
        const promptTokens = inputs.input_ids.dims.at(-1) ?? 0;
        let answerTokens = 0;
        const streamer = new TextStreamer(tokenizer, {
          skip_prompt: true,
          skip_special_tokens: true,
          callback_function: onText,
          token_callback_function: () => void answerTokens++,
        });
        await model.generate({
          ...inputs,
          max_new_tokens: maxTokens,
          do_sample: false,
          streamer,
        } as Parameters<typeof model.generate>[0]);
        return { finish: answerTokens >= maxTokens ? "length" : "stop", promptTokens, answerTokens };
      },
      close: async () => void (await model.dispose()),
    };
  } catch (error) {
    if (isMemoryError(error)) throw device === null ? tooLarge(error) : outOfMemory(String(error), error);
    throw new SextantError(
      "model/unsupported",
      `transformers.js cannot run ${name}: ${error instanceof Error ? error.message : String(error)}. Choose another model, or another precision of this one.`,
      { name },
      error,
    );
  }
}
