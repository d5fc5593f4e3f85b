/** One hole that is known and lived with for a while. */
export interface Exception {
  /** Address of the advisory, or its last part (`GHSA-…`). */
  readonly advisory: string;
  readonly package: string;
  /** Why it does no harm here, or what is waited for. */
  readonly reason: string;
  /** Day from which on it counts as a fault again, YYYY-MM-DD. */
  readonly expires: string;
}

/** What `npm audit --json` said: nothing to go by when the registry did not answer it. */
export interface Verdict {
  readonly audited: boolean;
  /** What is to be done about, a line each. */
  readonly faults: readonly string[];
}

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
}

/** Holds an audit against the exceptions that are written down. */
export function judgeAudit(report: unknown, exceptions: readonly Exception[], today: string): Verdict {
  const holes = advisoriesOf(report);
  if (holes === null) return { audited: false, faults: [] };
  const excuses = (hole: Advisory, one: Exception): boolean =>
    one.package === hole.name && hole.url.endsWith(one.advisory) && today < one.expires;
  const open = holes
    .filter((hole) => !exceptions.some((one) => excuses(hole, one)))
    .map(({ name, title, url, severity }) => `${name}: ${title} (${severity}), ${url}`);
  const idle = exceptions
    .filter((one) => !holes.some((hole) => excuses(hole, one)))
    .map(
      (one) => `${one.package}: the exception for ${one.advisory} has expired or excuses nothing: remove it`,
    );
  return { audited: true, faults: [...new Set([...open, ...idle])] };
}

function advisoriesOf(report: unknown): Advisory[] | null {
  const packages = field(report, "vulnerabilities");
  if (field(report, "auditReportVersion") !== 2 || typeof packages !== "object" || packages === null)
    return null;
  return Object.values(packages).flatMap((one) => {
    const via = field(one, "via");
    // A text names another package of the list, where the advisory itself stands.
    return Array.isArray(via)
      ? via.filter((cause): cause is Advisory => typeof cause === "object" && cause !== null)
      : [];
  });
}

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
