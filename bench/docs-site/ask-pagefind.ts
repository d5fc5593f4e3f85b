/** Pagefind in a page of the site, by its public interface. */
interface Pagefind {
  options(options: { readonly baseUrl: string }): Promise<void>;
  init(): Promise<void>;
  search(question: string): Promise<{
    readonly results: readonly { readonly score: number; data(): Promise<{ readonly url: string }> }[];
  }>;
}

async function openPagefind(): Promise<Pagefind> {
  const pagefind = (await import(
    /* @vite-ignore */ new URL("/sextant/pagefind/pagefind.js", location.href).href
  )) as Pagefind;
  await pagefind.options({ baseUrl: "/" });
  await pagefind.init();
  return pagefind;
}

/** Pagefind by itself, from nothing to the first five results with their excerpts. */
export async function firstByPagefind(
  question: string,
): Promise<{ readonly ms: number; readonly found: number }> {
  const start = performance.now();
  const { results } = await (await openPagefind()).search(question);
  await Promise.all(results.slice(0, 5).map((result) => result.data()));
  return { ms: performance.now() - start, found: results.length };
}

/** Pagefind's first pages for each question, with their scores. */
export async function allByPagefind(
  questions: readonly string[],
  most: number,
): Promise<readonly (readonly { readonly url: string; readonly score: number }[])[]> {
  const pagefind = await openPagefind();
  const lists = [];
  for (const question of questions) {
    const { results } = await pagefind.search(question);
    const first = results.slice(0, most);
    const data = await Promise.all(first.map((result) => result.data()));
    lists.push(data.map(({ url }, i) => ({ url, score: first[i]?.score ?? 0 })));
  }
  return lists;
}
