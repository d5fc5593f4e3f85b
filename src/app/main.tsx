import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { allowOwnScripts } from "../base/own-scripts.ts";
import { openSextant } from "../client/index.ts";
import { watchForNewVersion } from "./shell/new-version.ts";
import { pageEnvironment } from "./shell/page-environment.ts";
import { Root } from "./shell/Root.tsx";
import { storedLanguage } from "./state/panel.ts";
import "./style/index.css";
import { speak } from "./words/words.ts";

allowOwnScripts();

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no #app.");
const root = createRoot(place);
const render = (): void =>
  root.render(
    <StrictMode>
      <Root open={openSextant} environment={pageEnvironment} onNewVersion={watchForNewVersion} />
    </StrictMode>,
  );

const { readPreference } = pageEnvironment;
void speak(storedLanguage(readPreference, navigator.languages)).finally(render);
