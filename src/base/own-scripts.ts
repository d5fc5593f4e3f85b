interface PolicyRules {
  readonly createScriptURL: (url: string) => string;
}

interface TrustedTypes {
  readonly defaultPolicy: object | null;
  createPolicy(name: string, rules: PolicyRules): object;
}

/**
 * Says, where the content policy asks for trusted types, which text may become code in this realm: addresses of scripts
 * of the app's own origin, from which workers are started, and nothing else. No text becomes a page or a program.
 *
 * Where: first in each realm that starts a worker; elsewhere, and where browsers know no trusted types, it does nothing.
 */
export function allowOwnScripts(): void {
  const types = Reflect.get(globalThis, "trustedTypes") as TrustedTypes | undefined;
  if (!types || types.defaultPolicy !== null) return;
  const { origin } = globalThis.location;
  types.createPolicy("default", {
    createScriptURL(url) {
      if (new URL(url, globalThis.location.href).origin === origin) return url;
      throw new TypeError(`${url} is not a script of this origin.`);
    },
  });
}
