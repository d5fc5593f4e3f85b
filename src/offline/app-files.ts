/** One file of the built app. */
export interface AppFile {
  /** SHA-256 of its content, in base64. */
  readonly digest: string;
  /** Fetched when it is first asked for, not when the app is kept: few visits need it. */
  readonly late?: true;
}

/** What one build of the app is made of, and the headers that its files are answered with. */
export interface AppFiles {
  /** Tells one build from another. */
  readonly build: string;
  /** By path from the folder of the service worker; the page itself is `index.html`. */
  readonly files: Readonly<Record<string, AppFile>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The content policy of everything but the exceptions. */
  readonly policy: string;
  /** Files whose path starts so have a policy of their own. */
  readonly exceptions: readonly { readonly start: string; readonly policy: string }[];
}

/** What a file of the app is answered with, whatever its host sends. */
export function headersFor(app: AppFiles, path: string): Readonly<Record<string, string>> {
  const policy = app.exceptions.find(({ start }) => path.startsWith(start))?.policy ?? app.policy;
  return { ...app.headers, "Content-Security-Policy": policy };
}
