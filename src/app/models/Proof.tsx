import type { EngineStatus, ModelCheck } from "../../contract/index.ts";
import { formatCosine } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { CHECKING } from "../state/models.ts";
import { arithmeticOf, proofOf } from "./words.ts";

/** Whether the open model is computed rightly on this device; when it is not, the other device is one step away. */
export function Proof({ status }: { readonly status: EngineStatus }) {
  const checked = useApp((state) => state.models.checked);
  const checking = useApp((state) => state.jobs.running.some(({ label }) => label === CHECKING));
  const hasGpu = useApp((state) => state.model.features?.webgpu ?? false);
  const { models, model } = useActions();
  const { sentence, holds } = proofOf(status, checked);
  const arithmetic = arithmeticOf(status);
  const { used } = status.device;
  const isOfThis = checked?.modelKey === status.model.key && checked.device === used;
  const other = used === "webgpu" ? "wasm" : hasGpu ? "webgpu" : null;
  return (
    <div className="proof" data-holds={holds ?? undefined}>
      <p role={holds === false ? "alert" : undefined}>
        {holds === false && <strong>Do not trust the search by meaning: </strong>}
        <span className="sounding">{sentence}</span>
        {arithmetic !== null && <span className="quiet"> {arithmetic}</span>}
      </p>
      {holds === false && (
        <p className="proof-ways">
          {other !== null && (
            <button type="button" className="button danger" onClick={() => void model.setDevice(other)}>
              Use {other === "wasm" ? "WASM" : "WebGPU"}
            </button>
          )}
          <span>{other === null && "Choose another precision or another model."}</span>
        </p>
      )}
      {status.model.dim > 0 && (
        <button type="button" className="button" disabled={checking} onClick={() => void models.check()}>
          {checking ? "Checking" : "Check again"}
        </button>
      )}
      {isOfThis && <CheckTable check={checked.check} />}
    </div>
  );
}

function CheckTable({ check }: { readonly check: ModelCheck }) {
  const { texts, leastCosine, published } = check;
  return (
    <>
      <table className="check">
        <caption>Known texts against their reference vectors; at least {leastCosine} is needed</caption>
        <thead>
          <tr>
            <th scope="col">tokens</th>
            <th scope="col">cosine</th>
          </tr>
        </thead>
        <tbody>
          {texts.map(({ lengthTokens, cosine }, place) => (
            <tr key={place} data-wrong={!(cosine >= leastCosine) || undefined}>
              <td>{lengthTokens}</td>
              <td>
                {formatCosine(cosine)}
                {!(cosine >= leastCosine) && " too low"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {published && (
        <table className="check">
          <caption>Similarities that the model’s authors printed, task {published.task}</caption>
          <thead>
            <tr>
              <th scope="col">query, key</th>
              <th scope="col">printed</th>
              <th scope="col">found</th>
            </tr>
          </thead>
          <tbody>
            {published.expected.flatMap((row, query) =>
              row.map((expected, key) => (
                <tr key={`${query},${key}`}>
                  <td>
                    {query + 1}, {key + 1}
                  </td>
                  <td>{expected.toFixed(4)}</td>
                  <td>{published.found[query]?.[key]?.toFixed(4)}</td>
                </tr>
              )),
            )}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={3}>largest difference {published.largestDifference.toFixed(4)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  );
}
