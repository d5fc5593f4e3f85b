import { SextantError, type ToolParameter } from "../../../contract/index.ts";
import { extensionOf, headOf, type Importer, type IngestTools, type SourceText } from "../../importer.ts";
import { readJson, type JsonItem } from "../../json-source.ts";
import { readYaml } from "../../yaml-source.ts";
import { toTemplate } from "./response-template.ts";
import { createResolver, mergeAllOf, type Resolve } from "./schema-refs.ts";
import { readParameters, recordOf, stringOf } from "./tool-parameters.ts";
import { nameAsWords, toToolDrafts, type FoundTool, type ToolRecord } from "./tool-record.ts";

type Fields = Readonly<Record<string, unknown>>;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const YAML = [".yaml", ".yml"];

/**
 * OpenAPI 3 and Swagger 2, as JSON or YAML: each operation is a tool, under its first tag as the category.
 *
 * Source: OpenAPI Specification 3.1, Paths, Operation, Parameter and Request Body Objects; Swagger 2.0.
 */
export const openApi = {
  id: "openapi",
  version: 1,
  kind: "tool",
  extensions: [...YAML, ".json"],
  sniff: (source) =>
    YAML.includes(extensionOf(source.name)) ||
    /(?:^|[{,\s])["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\.\d/.test(headOf(source)),
  async parse(source, tools) {
    const root = await readDescription(source, tools);
    const resolve = createResolver(root);
    const info = recordOf(root.member("info")?.value);
    const title = stringOf(info["title"]).trim() || nameAsWords(source.name);
    const found: FoundTool[] = [];
    for (const [path, item] of root.member("paths")?.members ?? []) {
      const shared = item.member("parameters")?.value;
      for (const [method, operation] of operationsOf(item)) {
        const record = toRecord(path, method, recordOf(operation.value), shared, title, resolve);
        found.push({ record, span: operation.span });
        await tools.breathe?.();
      }
    }
    const { drafts, remarks } = toToolDrafts(found);
    if (drafts.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No operations were found in ${source.name}. An OpenAPI description has them under "paths".`,
      );
    return { drafts, skipped: [], remarks };
  },
} satisfies Importer;

function readDescription(source: SourceText, { breathe }: IngestTools): Promise<JsonItem> {
  return headOf(source).startsWith("{") ? readJson(source, breathe) : readYaml(source, breathe);
}

function operationsOf(item: JsonItem): (readonly [method: string, operation: JsonItem])[] {
  return item.members.filter(([name, operation]) => METHODS.includes(name) && operation.members.length > 0);
}

function toRecord(
  path: string,
  method: string,
  operation: Fields,
  shared: unknown,
  title: string,
  resolve: Resolve,
): ToolRecord {
  const call = `${method.toUpperCase()} ${path}`;
  const parameters = parametersOf(shared, operation, resolve);
  const body = readParameters(mergeAllOf(bodySchema(operation, parameters, resolve)));
  const listed = parameters
    .filter((parameter) => parameter["in"] !== "body")
    .map((parameter) => ({
      isRequired: parameter["required"] === true || parameter["in"] === "path",
      parameter: toParameter(parameter),
    }));
  const [tag] = Array.isArray(operation["tags"]) ? (operation["tags"] as unknown[]) : [];
  const words = [stringOf(operation["summary"]), stringOf(operation["description"])].map((part) =>
    part.trim(),
  );
  return {
    kind: "tool",
    category: stringOf(tag) || title,
    tool: title,
    api: stringOf(operation["operationId"]).trim() || call,
    description: [...new Set(words)].filter((part) => part !== "").join("\n") || call,
    required: [
      ...listed.filter(({ isRequired }) => isRequired).map(({ parameter }) => parameter),
      ...body.required,
    ],
    optional: [
      ...listed.filter(({ isRequired }) => !isRequired).map(({ parameter }) => parameter),
      ...body.optional,
    ],
    returns: returnsOf(operation, resolve),
    spec: { method: method.toUpperCase(), path, ...operation },
  };
}

/** Those of the path and of the operation, which may name one again to change it. */
function parametersOf(shared: unknown, operation: Fields, resolve: Resolve): Fields[] {
  const all = [shared, operation["parameters"]].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const byName = new Map<string, Fields>();
  for (const one of all) {
    const parameter = recordOf(resolve(one));
    const name = stringOf(parameter["name"]);
    if (name !== "") byName.set(`${stringOf(parameter["in"])} ${name}`, parameter);
  }
  return [...byName.values()];
}

/** Swagger 2 has the type beside the name, OpenAPI 3 in a schema. */
function toParameter(parameter: Fields): ToolParameter {
  const schema = { ...parameter, ...recordOf(parameter["schema"]) };
  const name = stringOf(parameter["name"]);
  const [read] = readParameters({ properties: { [name]: schema } }).optional;
  const description = stringOf(parameter["description"]) || stringOf(schema["description"]);
  return { name, type: read?.type ?? "", description, default: read?.default ?? "" };
}

function bodySchema(operation: Fields, parameters: readonly Fields[], resolve: Resolve): unknown {
  const inBody = parameters.find((parameter) => parameter["in"] === "body");
  return inBody === undefined ? contentSchema(resolve(operation["requestBody"])) : inBody["schema"];
}

/** What a call that went well gives back. */
function returnsOf(operation: Fields, resolve: Resolve): unknown {
  const responses = recordOf(operation["responses"]);
  const codes = Object.keys(responses);
  const code = codes.find((one) => one.startsWith("2")) ?? codes.find((one) => one === "default");
  const response = recordOf(resolve(code === undefined ? undefined : responses[code]));
  const schema = contentSchema(response) ?? response["schema"];
  return schema === undefined ? "" : toTemplate(schema);
}

function contentSchema(holder: unknown): unknown {
  const content = recordOf(recordOf(holder)["content"]);
  const [first] = Object.values(content);
  return recordOf(content["application/json"] ?? first)["schema"];
}
