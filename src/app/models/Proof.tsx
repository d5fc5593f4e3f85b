import type { EngineStatus, ModelCheck } from "../../contract/index.ts";
import { formatCosine } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { checkingLabel } from "../state/models.ts";
import { instruments } from "../words/en/instruments.ts";
import { useWords } from "../words/words.ts";
import { arithmeticOf, proofOf } from "./proof.ts";

/** Whether the open model is computed rightly on this device; when it is not, the other device is one step away. */
export function Proof({ status }: { readonly status: EngineStatus }) {
  const checked = useApp((state) => state.models.checked);
  const checking = useApp((state) => state.jobs.running.some(({ label }) => label === checkingLabel()));
  const hasGpu = useApp((state) => state.model.features?.webgpu ?? false);
  const { models, model } = useActions();
  const words = useWords("instruments", instruments);
  const { sentence, holds } = proofOf(status, checked);
  const arithmetic = arithmeticOf(status);
  const { used } = status.device;
  const isOfThis = checked?.modelKey === status.model.key && checked.device === used;
  const other = used === "webgpu" ? "wasm" : hasGpu ? "webgpu" : null;
  return (
    <div className="proof" data-holds={holds ?? undefined}>
      <p role={holds === false ? "alert" : undefined}>
        {holds === false && <strong>{words.doNotTrust}</strong>}
        <span className="sounding">{sentence}</span>
        {arithmetic !== null && <span className="quiet"> {arithmetic}</span>}
      </p>
      {holds === false && (
        <p className="proof-ways">
          {other !== null && (
            <button type="button" className="button danger" onClick={() => void model.setDevice(other)}>
              {words.use(other === "wasm" ? "WASM" : "WebGPU")}
            </button>
          )}
          <span>{other === null && words.chooseOther}</span>
        </p>
      )}
      {status.model.dim > 0 && (
        <button type="button" className="button" disabled={checking} onClick={() => void models.check()}>
          {checking ? words.checking : words.checkAgain}
        </button>
      )}
      {isOfThis && <CheckTable check={checked.check} />}
    </div>
  );
}

function CheckTable({ check }: { readonly check: ModelCheck }) {
  const { texts, leastCosine, published } = check;
  const words = useWords("instruments", instruments);
  return (
    <>
      <table className="check">
        <caption>{words.knownTexts(String(leastCosine))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.tokensColumn}</th>
            <th scope="col">{words.cosineColumn}</th>
          </tr>
        </thead>
        <tbody>
          {texts.map(({ lengthTokens, cosine }, place) => (
            <tr key={place} data-wrong={!(cosine >= leastCosine) || undefined}>
              <td>{lengthTokens}</td>
              <td>
                {formatCosine(cosine)}
                {!(cosine >= leastCosine) && words.tooLow}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {published && (
        <table className="check">
          <caption>{words.published(published.task)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.pairColumn}</th>
              <th scope="col">{words.printedColumn}</th>
              <th scope="col">{words.foundColumn}</th>
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
              <td colSpan={3}>{words.largestDifference(published.largestDifference.toFixed(4))}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  );
}
