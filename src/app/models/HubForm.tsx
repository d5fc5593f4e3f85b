import { useState } from "react";
import type { HubSettings } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

/** Where the hub is, and a token for models that want one; the token is never stored. */
export function HubForm({ hub }: { readonly hub: HubSettings }) {
  const { models } = useActions();
  const words = useWords("models", english);
  const tokenGone = useApp((state) => state.models.tokenGone);
  const [token, setToken] = useState("");
  return (
    <details className="hub" open={tokenGone || undefined}>
      <summary>{words.howHub}</summary>
      <EndpointForm key={hub.endpoint} endpoint={hub.endpoint} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void models.setHub({ token: token.trim() });
          setToken("");
        }}
      >
        <label className="stacked">
          {words.token}
          <input
            className="field"
            type="password"
            autoComplete="off"
            value={token}
            placeholder={hub.hasToken ? words.tokenInUse : words.noToken}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        {tokenGone && <p className="warning">{words.tokenGone}</p>}
        <p className="model-ways">
          <button type="submit" className="button" disabled={token.trim() === ""}>
            {words.useToken}
          </button>
          {hub.hasToken && (
            <button type="button" className="button" onClick={() => void models.setHub({ token: "" })}>
              {words.forgetToken}
            </button>
          )}
        </p>
      </form>
      <p className="quiet">{words.whyToken}</p>
    </details>
  );
}

/** Keyed by the address in use, which may be spelt in another way than it was typed. */
function EndpointForm({ endpoint }: { readonly endpoint: string }) {
  const { models } = useActions();
  const words = useWords("models", english);
  const [typed, setTyped] = useState(endpoint);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void models.setHub({ endpoint: typed.trim() });
      }}
    >
      <label className="stacked">
        {words.address}
        <input
          className="field"
          type="url"
          required
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button" disabled={typed.trim() === endpoint}>
        {words.useAddress}
      </button>
    </form>
  );
}
