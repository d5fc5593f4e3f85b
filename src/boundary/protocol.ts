import { SextantError, type ErrorCode, type ErrorDetails } from "../contract/index.ts";

/** Raised whenever an envelope changes shape; both sides must agree. */
export const PROTOCOL = 2;

export function anotherVersion(there: number): SextantError {
  return new SextantError("boundary/protocol", "Two versions of Sextant met: reload the page.", {
    here: PROTOCOL,
    there,
  });
}

export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly stack: string;
}

/** What a caller sends; `heard` answers an event that asks for it. */
export type Request =
  | { readonly type: "call"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "heard"; readonly id: number; readonly nth: number };

/** What a server sends; `ready` comes first. An event with `nth` is answered by `heard`. */
export type Reply =
  | { readonly type: "ready"; readonly protocol: number }
  | { readonly type: "event"; readonly id: number; readonly event: unknown; readonly nth?: number }
  | { readonly type: "done"; readonly id: number; readonly out: unknown }
  | { readonly type: "failed"; readonly id: number; readonly error: WireError };

/** A way to the other side. Everything that can carry messages is one: worker port, socket, test pair. */
export interface Link {
  post(message: Request | Reply, transfer?: readonly Transferable[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when no further message can come. */
  onLost(listener: (why: string) => void): void;
  close(): void;
}

const REQUESTS: readonly unknown[] = ["call", "cancel", "heard"] satisfies Request["type"][];
const REPLIES: readonly unknown[] = ["ready", "event", "done", "failed"] satisfies Reply["type"][];

function typeOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "type" in message ? message.type : undefined;
}

export function isRequest(message: unknown): message is Request {
  return REQUESTS.includes(typeOf(message));
}

export function isReply(message: unknown): message is Reply {
  return REPLIES.includes(typeOf(message));
}
