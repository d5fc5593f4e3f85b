// Every area in Chinese, one a line; an area that is missing here does not compile where it is shown.
export { answers } from "./answers.ts";
export { answersState } from "./answers-state.ts";
export { errors } from "./errors.ts";
export { format } from "./format.ts";
export { ingest } from "./ingest.ts";
export { instruments } from "./instruments.ts";
export { limb } from "./limb.ts";
export { models } from "./models.ts";
export { pictures } from "./pictures.ts";
export { prompt } from "./prompt.ts";
export { search } from "./search.ts";
export { settings } from "./settings.ts";
export { shell } from "./shell.ts";
export { talk } from "./talk.ts";
export { tasks } from "./tasks.ts";
export { work } from "./work.ts";
