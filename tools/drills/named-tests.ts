import { parseAst } from "rolldown/parseAst";

/** A test as it stands in its file. */
export interface NamedTest {
  readonly title: string;
  /** Whether its runner would leave it out: it, or what it stands in, is skipped, to do, or known to fail. */
  readonly isLeftOut: boolean;
  /** The test itself, and every declaration of the file that it uses, directly or not. */
  readonly source: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const LEFT_OUT = new Set(["skip", "todo", "fixme", "fails", "fail"]);

/** Reads the tests of a file of vitest or Playwright, in their order. */
export function readNamedTests(text: string, isJsx = false): NamedTest[] {
  const program: unknown = parseAst(text, { lang: isJsx ? "tsx" : "ts" });
  const declarations = new Map<string, Node>();
  for (const statement of listOf(field(program, "body"))) {
    const declared = field(statement, "declaration") ?? statement;
    if (!isNode(declared)) continue;
    for (const one of [declared, ...listOf(field(declared, "declarations"))]) {
      const name = field(field(one, "id"), "name");
      if (typeof name === "string" && isNode(one)) declarations.set(name, one);
    }
  }
  const found: NamedTest[] = [];

  function sourceOf(node: Node): string {
    const used = new Set<Node>([node]);
    for (const one of used)
      for (const name of namesIn(one)) {
        const declared = declarations.get(name);
        if (declared) used.add(declared);
      }
    return [...used].map(({ start, end }) => text.slice(start, end)).join("\n");
  }

  function visit(value: unknown, isLeftOut: boolean): void {
    if (Array.isArray(value)) {
      for (const one of value) visit(one, isLeftOut);
      return;
    }
    if (!isNode(value)) return;
    const chain = value.type === "CallExpression" ? chainOf(field(value, "callee")) : [];
    const isTestOrGroup = ["test", "it", "describe"].includes(chain[0] ?? "");
    const leftOut = isLeftOut || (isTestOrGroup && chain.some((name) => LEFT_OUT.has(name)));
    const title = titleOf(listOf(field(value, "arguments"))[0], text);
    if (isTestOrGroup && !chain.includes("describe") && title !== null)
      found.push({ title, isLeftOut: leftOut, source: sourceOf(value) });
    for (const one of Object.values(value)) visit(one, leftOut);
  }
  visit(program, false);
  return found;
}

/** `test.each(rows)` is test, each; what is called in between does not matter. */
function chainOf(callee: unknown): string[] {
  switch (field(callee, "type")) {
    case "Identifier":
      return [String(field(callee, "name"))];
    case "MemberExpression":
      return [...chainOf(field(callee, "object")), String(field(field(callee, "property"), "name"))];
    case "CallExpression":
      return chainOf(field(callee, "callee"));
    case "TaggedTemplateExpression":
      return chainOf(field(callee, "tag"));
    default:
      return [];
  }
}

function titleOf(argument: unknown, text: string): string | null {
  const value = field(argument, "value");
  if (typeof value === "string") return value;
  if (!isNode(argument) || argument.type !== "TemplateLiteral") return null;
  return text.slice(argument.start + 1, argument.end - 1);
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isNode(value)) return [];
  if (value.type === "Identifier") return [String(field(value, "name"))];
  return Object.values(value).flatMap(namesIn);
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof field(value, "type") === "string";

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, key) as unknown) : undefined;
}
