import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Built pages that a policy of `script-src 'self'; style-src 'self'` takes as they are: what stood inline is in files.
 * The few `style` attributes go: that policy would not apply them, and the scripts set what they still need.
 */
export interface StrictPages {
  cleared(html: string, base: string): string;
  /** Writes the scripts that were taken out. */
  write(outDir: string): Promise<void>;
}

const FOLDER = "assets";
/** Inline scripts; one with a type of its own is data. */
const INLINE = /<script(?![^>]*\ssrc=)(?![^>]*\stype="(?!module"))([^>]*)>([^]+?)<\/script>/g;
const STYLE = /(<[a-z][^<>]*?)\sstyle="[^"]*"/g;

/**
 * The policy that each page carries itself, so that it holds on any host. Vue makes pages of its own templates under the
 * one name that is let through.
 */
export const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types vue",
].join("; ");

const CHARSET = '<meta charset="utf-8">';
const POLICY = `<meta http-equiv="Content-Security-Policy" content="${DOCS_POLICY}">`;

/** Throws: a plain error when there is no place before the first script. */
function withPolicy(html: string): string {
  if (!html.includes(CHARSET)) throw new Error("A page of another form: its policy has no place.");
  return html.replace(CHARSET, `${CHARSET}\n    ${POLICY}`);
}

export function createStrictPages(): StrictPages {
  const contentByName = new Map<string, string>();
  return {
    cleared: (html, base) =>
      withPolicy(html)
        .replace(STYLE, "$1")
        .replace(INLINE, (_, attributes: string, content: string) => {
          const name = `inline.${createHash("sha256").update(content).digest("hex").slice(0, 8)}.js`;
          contentByName.set(name, content);
          return `<script${attributes} src="${base}${FOLDER}/${name}"></script>`;
        }),
    async write(outDir) {
      await mkdir(join(outDir, FOLDER), { recursive: true });
      for (const [name, content] of contentByName) await writeFile(join(outDir, FOLDER, name), content);
    },
  };
}
