import { SHIPPED_TOOLS } from "../licences/shipped-tools.ts";

/** The parts of a CycloneDX bill that are read here. */
export interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly scope?: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

const TOOLS: ReadonlySet<string> = new Set(SHIPPED_TOOLS);
const isTool = ({ name }: Component["properties"][number]): boolean => name === "cdx:npm:package:development";

/**
 * Of npm's bill of everything that is installed, what is shipped, under the program's own name. That nothing else is
 * bundled is checked by each build (tools/licences).
 *
 * Why: `npm sbom --omit=dev` (11.19) also leaves out what a tool needs besides the program, and names the whole after the
 * folder that it lies in, and a package after the name that it is installed under.
 */
export function shippedOf(bill: Bill, name: string): Bill {
  const components = bill.components
    .filter(({ name, properties }) => !properties.some(isTool) || TOOLS.has(name))
    .map((one) => ({
      ...one,
      name: one["bom-ref"].slice(0, one["bom-ref"].lastIndexOf("@")),
      scope: one.scope === "excluded" ? one.scope : "required",
      properties: one.properties.filter((property) => !isTool(property)),
    }));
  const own = `${name}@${bill.metadata.component.version}`;
  const refs = new Set([own, ...components.map((one) => one["bom-ref"])]);
  return {
    ...bill,
    metadata: { ...bill.metadata, component: { ...bill.metadata.component, name } },
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}
