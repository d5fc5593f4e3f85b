import { useState } from "react";
import type { HubSettings } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";

/** Where the hub is, and a token for models that want one; the token is never stored. */
export function HubForm({ hub }: { readonly hub: HubSettings }) {
  const { models } = useActions();
  const tokenGone = useApp((state) => state.models.tokenGone);
  const [token, setToken] = useState("");
  return (
    <details className="hub" open={tokenGone || undefined}>
      <summary>How the hub is reached</summary>
      <EndpointForm key={hub.endpoint} endpoint={hub.endpoint} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void models.setHub({ token: token.trim() });
          setToken("");
        }}
      >
        <label className="stacked">
          Token, kept for this visit only
          <input
            className="field"
            type="password"
            autoComplete="off"
            value={token}
            placeholder={hub.hasToken ? "one is in use" : "none"}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        {tokenGone && (
          <p className="warning">The engine began anew and has no token any more: give it again.</p>
        )}
        <p className="model-ways">
          <button type="submit" className="button" disabled={token.trim() === ""}>
            Use this token
          </button>
          {hub.hasToken && (
            <button type="button" className="button" onClick={() => void models.setHub({ token: "" })}>
              Forget the token
            </button>
          )}
        </p>
      </form>
      <p className="quiet">
        Some models are given out only to people who accepted their terms; the token says who you are. It is
        sent to the address above and nowhere else, and forgotten when this page closes.
      </p>
    </details>
  );
}

/** Keyed by the address in use, which may be spelt in another way than it was typed. */
function EndpointForm({ endpoint }: { readonly endpoint: string }) {
  const { models } = useActions();
  const [typed, setTyped] = useState(endpoint);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void models.setHub({ endpoint: typed.trim() });
      }}
    >
      <label className="stacked">
        Address, or that of a mirror
        <input
          className="field"
          type="url"
          required
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button" disabled={typed.trim() === endpoint}>
        Use this address
      </button>
    </form>
  );
}
