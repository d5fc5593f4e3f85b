import { Tabs } from "@base-ui/react/tabs";
import { TASK_IDS } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { aboutOf } from "../views/about.ts";
import { Instruments } from "./Instruments.tsx";
import { Settings } from "./Settings.tsx";
import { SextantMark } from "./SextantMark.tsx";
import { TaskSign } from "./TaskSign.tsx";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

/** The mark, the six tasks as tabs, and what the instrument says about itself. */
export function Masthead() {
  const words = useWords("shell", shell);
  return (
    <header className="masthead">
      <p className="wordmark">
        <SextantMark />
        <span>Sextant</span>
      </p>
      <div className="masthead-tools">
        <ModelButton />
        <Instruments />
        <Settings />
      </div>
      <Tabs.List className="tasks" aria-label={words.tasks} activateOnFocus>
        {TASK_IDS.map((task) => (
          <Tabs.Tab
            key={task}
            value={task}
            className="task-tab"
            data-task={task}
            title={aboutOf(task).explained}
          >
            <TaskSign task={task} />
            <span>{aboutOf(task).label}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </header>
  );
}

/** The model in use, and the way to another one. */
function ModelButton() {
  const name = useApp((state) => state.model.status?.model.name);
  const { panel } = useActions();
  const words = useWords("shell", shell);
  return (
    <button
      type="button"
      className="tool-button model-button"
      aria-haspopup="dialog"
      aria-label={name === undefined ? words.models : words.modelInUse(name)}
      onClick={() => panel.showModels(true)}
    >
      <span className="model-name">{name ?? words.models}</span>
    </button>
  );
}
