import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

/** What becomes of one request; `null` passes it on. */
export type Fault =
  | { readonly answer: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** Closes the connection: before the server has it, or after the server did it, within its answer. */
  | { readonly cut: "before" | "after" }
  | { readonly waitMs: number }
  /** Passes on, and changes what the server says. */
  | { readonly lie: (body: string) => string };

export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

export interface FaultProxy {
  readonly url: string;
  /** Every request that came, in order. */
  readonly asked: readonly ProxiedRequest[];
  fault: (request: ProxiedRequest) => Fault | null;
  close(): Promise<void>;
}

/** A server in front of another that does what bad servers do, when it is told to. With `tls` it speaks https. */
export async function openFaultProxy(
  targetUrl: string,
  tls?: { readonly key: string; readonly cert: string },
): Promise<FaultProxy> {
  const asked: ProxiedRequest[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += String(piece);
    const one = { method: request.method ?? "GET", path: request.url ?? "/", body, headers: request.headers };
    asked.push(one);
    const fault: Fault = proxy.fault(one) ?? { waitMs: 0 };
    if ("cut" in fault && fault.cut === "before") return void response.destroy();
    if ("answer" in fault) {
      response.writeHead(fault.answer, { "Content-Type": "application/json", ...fault.headers });
      return void response.end(fault.body ?? JSON.stringify({ error: "Fault", message: "as it was told" }));
    }
    if ("waitMs" in fault) await new Promise((resolve) => setTimeout(resolve, fault.waitMs));
    const answer = await fetch(new URL(one.path, targetUrl), {
      method: one.method,
      headers: { "Content-Type": "application/json", ...originHeaders(request.headers) },
      ...(body !== "" && { body }),
    }).catch(() => null);
    if (!answer) return void response.destroy();
    const text = await answer.text();
    const allowed = originHeaders(Object.fromEntries(answer.headers));
    if ("cut" in fault) {
      response.writeHead(answer.status, {
        "Content-Type": "application/json",
        "Content-Length": text.length + 9,
      });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
      return;
    }
    response.writeHead(answer.status, { "Content-Type": "application/json", ...allowed });
    response.end("lie" in fault ? fault.lie(text) : text);
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void handle(request, response).catch(() => response.destroy());
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultProxy = {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    asked,
    fault: () => null,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

/** What a browser and a server say to each other about origins. */
function originHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (name === "origin" || name.startsWith("access-control-")) own[name] = String(value);
  return own;
}
