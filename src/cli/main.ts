import { EMBED_COMMAND } from "./embed-command.ts";
import { toTold } from "./told.ts";

/** The commands; each is loaded only when it is asked for. */
const COMMANDS = {
  convert: () => import("./convert.ts"),
  eval: () => import("./eval.ts"),
  index: () => import("./index-site.ts"),
  pull: () => import("./pull.ts"),
  push: () => import("./push.ts"),
} as const;

function isCommand(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

const [name = "", ...argv] = process.argv.slice(2);
let usage = "";
try {
  if (name === EMBED_COMMAND) await (await import("./embedders.ts")).run(argv);
  else if (isCommand(name)) {
    const command = await COMMANDS[name]();
    ({ usage } = command);
    await command.run(argv);
  } else {
    const lines = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).usage));
    console.error(["Usage:", ...lines.map((line) => `  sextant ${line}`)].join("\n"));
    process.exitCode = 2;
  }
} catch (error) {
  const { code, message } = toTold(error, usage);
  console.error(`${code}: ${message}`);
  process.exitCode = 1;
}
