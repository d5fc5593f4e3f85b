import type { ModelInfo, Policy } from "../contract/index.ts";

/** Names the vectors of a model under a policy: texts cut at another length give other vectors, which never meet. */
export function vectorKey({ key }: Pick<ModelInfo, "key">, policy: Policy): string {
  return policy === "use" ? key : `${key}/${policy}`;
}
