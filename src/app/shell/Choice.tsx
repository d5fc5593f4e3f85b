import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useId } from "react";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly words: Readonly<Record<T, string>>;
  readonly all: readonly T[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each in words. */
export function Choice<T extends string>({ label, value, words, all, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className="choice">
      <p id={id} className="choice-label">
        {label}
      </p>
      <RadioGroup aria-labelledby={id} value={value} onValueChange={onChange}>
        {all.map((one) => (
          <label key={one} className="choice-row">
            <Radio.Root value={one} className="radio">
              <Radio.Indicator className="radio-dot" />
            </Radio.Root>
            {words[one]}
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
