import { corruptFile } from "../refusal.ts";
import { isKind, type Dict, type PickleValue, type Tensor } from "./pickle-values.ts";

/** Where training scripts put the weights when they save more than these. */
const NESTED = ["state_dict", "model_state_dict"];

/**
 * The tensors of a checkpoint by name: of the dictionary that it is, or of the one inside that holds the weights.
 * What is neither named nor a tensor is left out.
 *
 * Throws: `model/corrupt` when there is none.
 */
export function findStateDict(path: string, value: PickleValue): ReadonlyMap<string, Tensor> {
  if (!isKind(value, "dict")) throw corruptFile(path, "it holds no dictionary of tensors");
  const inner = NESTED.map((key) => value.entries.get(key)).find((nested) => isKind(nested, "dict"));
  const tensors = tensorsOf(inner ?? value);
  if (tensors.size === 0) throw corruptFile(path, "it holds no tensors");
  return tensors;
}

function tensorsOf({ entries }: Dict): ReadonlyMap<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const [name, tensor] of entries) {
    if (typeof name === "string" && isKind(tensor, "tensor")) tensors.set(name, tensor);
  }
  return tensors;
}
