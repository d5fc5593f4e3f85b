import type { Nodes, Parents } from "mdast";
import { createContext, use, useDeferredValue, useMemo, type ReactNode } from "react";
import type { CheckedSentence } from "../../contract/index.ts";
import { CitationMark, FarMark } from "./marks.tsx";
import { cutText } from "./cut-text.ts";
import { parseAnswer } from "./parse-answer.ts";

/** The answer as it came, and what was found about its sentences. */
const Said = createContext<{ readonly text: string; readonly sentences: readonly CheckedSentence[] }>({
  text: "",
  sentences: [],
});

/** Deeper nesting is shown as text: no answer needs it, and a hostile one would fill the stack. */
const DEEPEST = 24;

interface AnswerTextProps {
  readonly text: string;
  readonly sentences: readonly CheckedSentence[];
}

/**
 * An answer's Markdown as elements: HTML in it stays text, images are not fetched, links lead nowhere until they are
 * followed. Numbers of sources open them.
 */
export function AnswerText({ text, sentences }: AnswerTextProps) {
  const shown = useDeferredValue(text);
  const root = useMemo(() => parseAnswer(shown), [shown]);
  const said = useMemo(() => ({ text: shown, sentences }), [shown, sentences]);
  return (
    <Said value={said}>
      <div className="answer-text">{root === null ? <Plain /> : childrenOf(root, 0)}</div>
    </Said>
  );
}

/** What is too long to be read as Markdown. */
function Plain() {
  const { text } = use(Said);
  return (
    <p className="plain">
      <Text value={text} start={0} />
    </p>
  );
}

function childrenOf(parent: Parents, depth: number): ReactNode {
  return parent.children.map((child, place) => <Node key={place} node={child} depth={depth + 1} />);
}

function Node({ node, depth }: { readonly node: Nodes; readonly depth: number }): ReactNode {
  const { text } = use(Said);
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  if (depth > DEEPEST) return <Text value={text.slice(start, end)} start={start} />;
  switch (node.type) {
    case "text":
      // Escapes make the value shorter than what was written: then marks stand where they would be without them.
      return <Text value={node.value} start={start} />;
    case "paragraph":
      return <p>{childrenOf(node, depth)}</p>;
    case "heading":
      return <p className="answer-heading">{childrenOf(node, depth)}</p>;
    case "emphasis":
      return <em>{childrenOf(node, depth)}</em>;
    case "strong":
      return <strong>{childrenOf(node, depth)}</strong>;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "code":
      return (
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case "list":
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>{childrenOf(node, depth)}</ol>
      ) : (
        <ul>{childrenOf(node, depth)}</ul>
      );
    case "listItem":
      return <li>{childrenOf(node, depth)}</li>;
    case "blockquote":
      return <blockquote>{childrenOf(node, depth)}</blockquote>;
    case "link":
      return <Link address={node.url}>{childrenOf(node, depth)}</Link>;
    case "image":
      return <Link address={node.url}>{node.alt || node.url}</Link>;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "table":
      return (
        <div className="answer-table" tabIndex={0}>
          <table>
            <tbody>{childrenOf(node, depth)}</tbody>
          </table>
        </div>
      );
    case "tableRow":
      return <tr>{childrenOf(node, depth)}</tr>;
    case "tableCell":
      return <td>{childrenOf(node, depth)}</td>;
    case "definition":
    case "delete":
    case "footnoteDefinition":
    case "footnoteReference":
    case "html":
    case "imageReference":
    case "linkReference":
    case "root":
    case "yaml":
      return <Text value={text.slice(start, end)} start={start} />;
    default:
      return node satisfies never;
  }
}

/** Only what a browser opens as a page is a link; everything else is shown with its address. */
function Link({ address, children }: { readonly address: string; readonly children: ReactNode }) {
  const isPage = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isPage)
    return (
      <>
        {children} <code>{address}</code>
      </>
    );
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={address}>
      {children}
    </a>
  );
}

function Text({ value, start }: { readonly value: string; readonly start: number }) {
  const { sentences } = use(Said);
  return cutText(value, start, sentences).map((piece, place) => {
    if (piece.type === "mark") return <CitationMark key={place} number={piece.number} />;
    if (piece.type === "far") return <FarMark key={place} sentence={piece.sentence} />;
    return piece.isFar ? (
      <span key={place} className="far">
        {piece.text}
      </span>
    ) : (
      <span key={place}>{piece.text}</span>
    );
  });
}
