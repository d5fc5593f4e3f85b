/// <reference types="vite-plugin-pwa/vanillajs" />
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openSextant } from "../client/index.ts";
import { watchForNewVersion } from "./shell/new-version.ts";
import { pageEnvironment } from "./shell/page-environment.ts";
import { Root } from "./shell/Root.tsx";
import "./style/index.css";

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no #app.");
createRoot(place).render(
  <StrictMode>
    <Root open={openSextant} environment={pageEnvironment} onNewVersion={watchForNewVersion} />
  </StrictMode>,
);
