import type { Setting } from "../../state/comparison.ts";
import type { PicturesActions } from "../../state/pictures.ts";
import { EXACTNESSES } from "../../state/refine.ts";
import { MODES, POLICIES } from "../../state/url.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { search } from "../../words/en/search.ts";
import { useWords } from "../../words/words.ts";

interface SettingTableProps {
  readonly left: Setting;
  readonly right: Setting;
  readonly onChange: PicturesActions["compareWith"];
}

const SIDES = ["left", "right"] as const;

/** Both settings, one a column. */
export function SettingTable({ left, right, onChange }: SettingTableProps) {
  const words = useWords("drawings", english).compare;
  const { modes, exactnessNames } = useWords("search", search);
  const both = { left, right };
  const row = <K extends keyof Setting>(
    key: K,
    label: string,
    all: readonly Setting[K][],
    names: Readonly<Record<Setting[K], string>>,
  ) => (
    <tr>
      <th scope="row">{label}</th>
      {SIDES.map((side) => (
        <td key={side}>
          <select
            className="field"
            aria-label={`${label}, ${words[side]}`}
            data-differs={left[key] !== right[key] || undefined}
            value={both[side][key]}
            onChange={(event) => {
              const chosen = all.find((one) => one === event.currentTarget.value);
              if (chosen !== undefined) onChange({ [side]: { [key]: chosen } });
            }}
          >
            {all.map((one) => (
              <option key={one} value={one}>
                {names[one]}
              </option>
            ))}
          </select>
        </td>
      ))}
    </tr>
  );
  return (
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
        {row("mode", words.mode, MODES, modes)}
        {row("encoding", words.encoding, ["learned", "model"], words.encodings)}
        {row("exactness", words.exactness, EXACTNESSES, exactnessNames)}
        {row("policy", words.policy, POLICIES, words.policies)}
      </tbody>
    </table>
  );
}
