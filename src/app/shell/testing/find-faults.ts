import source from "axe-core/axe.min.js?raw";

interface Axe {
  run(element: Element): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}

/** What axe finds wrong in an element: rules that are broken, each with where. */
export async function findFaults(element: Element): Promise<readonly string[]> {
  if (!("axe" in globalThis)) {
    const script = document.createElement("script");
    script.textContent = source;
    document.head.append(script);
  }
  const { axe } = globalThis as unknown as { readonly axe: Axe };
  const { violations } = await axe.run(element);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
