import { Tabs } from "@base-ui/react/tabs";
import { TASK_IDS } from "../../contract/index.ts";
import { TASKS } from "../../tasks/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { ABOUT } from "../views/about.ts";
import { Instruments } from "./Instruments.tsx";
import { Settings } from "./Settings.tsx";
import { SextantMark } from "./SextantMark.tsx";
import { TaskSign } from "./TaskSign.tsx";

/** The mark, the six tasks as tabs, and what the instrument says about itself. */
export function Masthead() {
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
      <Tabs.List className="tasks" aria-label="Tasks" activateOnFocus>
        {TASK_IDS.map((task) => (
          <Tabs.Tab
            key={task}
            value={task}
            className="task-tab"
            data-task={task}
            title={ABOUT[task].explained}
          >
            <TaskSign task={task} />
            <span>{TASKS[task].label}</span>
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
  return (
    <button
      type="button"
      className="tool-button model-button"
      aria-haspopup="dialog"
      aria-label={name === undefined ? "Models" : `Models: ${name} is in use`}
      onClick={() => panel.showModels(true)}
    >
      <span className="model-name">{name ?? "Models"}</span>
    </button>
  );
}
