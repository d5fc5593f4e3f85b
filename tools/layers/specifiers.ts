import { parseSync, Visitor } from "vite";

/** A relative specifier as written; `dynamic` is `import(specifier)`, `url` is `new URL(specifier, import.meta.url)`. */
export interface Specifier {
  readonly how: "import" | "dynamic" | "url";
  readonly value: string;
}

/** Every relative specifier of a TypeScript module: static, type-only, re-exported, dynamic, `import("…").T`, URL. */
export function readSpecifiers(file: string, code: string): Specifier[] {
  const { program, errors } = parseSync(file, code);
  const [error] = errors;
  if (error) throw new SyntaxError(`${file}: ${error.message}`);
  const found: Specifier[] = [];
  const add = (how: Specifier["how"], node: { type: string; value?: unknown } | null) => {
    if (node?.type === "Literal" && typeof node.value === "string" && node.value.startsWith("."))
      found.push({ how, value: node.value });
  };
  new Visitor({
    ImportDeclaration: (node) => add("import", node.source),
    ExportAllDeclaration: (node) => add("import", node.source),
    ExportNamedDeclaration: (node) => add("import", node.source),
    ImportExpression: (node) => add("dynamic", node.source),
    TSImportType: (node) => add("import", node.source),
    NewExpression: (node) => {
      const [target, base] = node.arguments;
      const isUrl = node.callee.type === "Identifier" && node.callee.name === "URL";
      if (isUrl && target && base?.type === "MemberExpression" && base.object.type === "MetaProperty")
        add("url", target);
    },
  }).visit(program);
  return found;
}
