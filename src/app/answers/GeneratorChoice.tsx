import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useId } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { GENERATORS } from "../state/answers-state.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { BrowserModel } from "./BrowserModel.tsx";
import { DeviceModels } from "./DeviceModels.tsx";
import { ServerForm } from "./ServerForm.tsx";

/** Who is to answer: nobody is chosen, and nobody contacted, until the person does. */
export function GeneratorChoice() {
  const words = useWords("answers", english);
  const generator = useApp((state) => state.answers.generator);
  const { answers } = useActions();
  const id = useId();
  return (
    <section className="generator" aria-label={words.who}>
      <div className="choice">
        <p id={id} className="choice-label">
          {words.who}
        </p>
        <RadioGroup aria-labelledby={id} value={generator} onValueChange={answers.choose}>
          {GENERATORS.map((one) => (
            <label key={one} className="choice-row">
              <Radio.Root value={one} className="radio">
                <Radio.Indicator className="radio-dot" />
              </Radio.Root>
              {words.generators[one]}
            </label>
          ))}
        </RadioGroup>
      </div>
      <p className="quiet">{generator === null ? words.nobodyYet : words.about[generator]}</p>
      {generator === "server" && <ServerForm />}
      {generator === "browser" && <BrowserModel />}
      {generator === "device" && <DeviceModels />}
    </section>
  );
}
