import { useEffect } from "react";
import type { TaskId } from "../../../contract/index.ts";
import { shownName } from "../../state/collection-name.ts";
import { comparedCollections, comparedModels, type Setting } from "../../state/comparison.ts";
import { useActions, useApp } from "../../state/context.tsx";
import type { PicturesActions } from "../../state/pictures.ts";
import { EXACTNESSES } from "../../state/refine.ts";
import { MODES, POLICIES } from "../../state/url.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { search } from "../../words/en/search.ts";
import { useWords } from "../../words/words.ts";

interface SettingTableProps {
  readonly task: TaskId;
  readonly left: Setting;
  readonly right: Setting;
  readonly onChange: PicturesActions["compareWith"];
}

const SIDES = ["left", "right"] as const;

/** Both settings, one a column. What has a single choice is not shown. */
export function SettingTable({ task, left, right, onChange }: SettingTableProps) {
  const words = useWords("drawings", english).compare;
  const { modes, exactnessNames } = useWords("search", search);
  const entries = useApp((state) => state.models.entries);
  const corpus = useApp((state) => state.corpus);
  const { models, panel } = useActions();
  useEffect(() => {
    if (entries === null) void models.refresh();
  }, [entries, models]);
  const both = { left, right };
  const variants = comparedModels(entries);
  const collections = comparedCollections({ corpus }, task);

  const row = <K extends keyof Setting>(
    key: K,
    label: string,
    all: readonly (readonly [Setting[K], string])[],
  ) => {
    const placeOf = (setting: Setting): number =>
      Math.max(
        0,
        all.findIndex(([value]) => isSame(value, setting[key])),
      );
    return (
      <tr>
        <th scope="row">{label}</th>
        {SIDES.map((side) => (
          <td key={side}>
            <select
              className="field"
              aria-label={`${label}, ${words[side]}`}
              data-differs={!isSame(left[key], right[key]) || undefined}
              value={placeOf(both[side])}
              onChange={(event) => {
                const chosen = all[Number(event.currentTarget.value)];
                if (chosen) onChange({ [side]: { [key]: chosen[0] } });
              }}
            >
              {all.map(([, name], place) => (
                <option key={name} value={place}>
                  {name}
                </option>
              ))}
            </select>
          </td>
        ))}
      </tr>
    );
  };
  const named = <T extends string>(all: readonly T[], names: Readonly<Record<T, string>>) =>
    all.map((one) => [one, names[one]] as const);

  return (
    <>
      <table className="figures settings-table">
        <caption className="unseen">{words.title}</caption>
        <thead>
          <tr>
            <td>{words.setting}</td>
            <th scope="col">{words.left}</th>
            <th scope="col">{words.right}</th>
          </tr>
        </thead>
        <tbody>
          {row("mode", words.mode, named(MODES, modes))}
          {variants.length > 1 &&
            row("model", words.model, [
              [null, words.inUse],
              ...variants.map(({ name, modelId, dtype }) => [{ modelId, dtype }, name] as const),
            ])}
          {collections.length > 1 &&
            row("collectionId", words.collection, [
              [null, words.onPage],
              ...collections.map((one) => [one.id, shownName(one)] as const),
            ])}
          {row("prefix", words.prefix, named(["with", "without"], words.prefixes))}
          {row("encoding", words.encoding, named(["learned", "model"], words.encodings))}
          {row("exactness", words.exactness, named(EXACTNESSES, exactnessNames))}
          {row("policy", words.policy, named(POLICIES, words.policies))}
        </tbody>
      </table>
      {variants.length === 1 && (
        <p className="quiet">
          {words.oneModel}{" "}
          <button type="button" className="link" onClick={() => panel.showModels(true)}>
            {words.getModel}
          </button>
        </p>
      )}
      {!isSame(left.model, right.model) && <p className="quiet">{words.brings}</p>}
      {left.collectionId !== right.collectionId && <p className="quiet">{words.byPlace}</p>}
    </>
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
