import { ProviderError } from "../error.ts";

/** Far beyond any account. */
const MOST_PAGES = 1_000;

/** All pages, or a throw. A page may be empty and yet not the last. */
export async function everyPage<Item>(
  what: string,
  pageAt: (token: string | undefined) => Promise<{ items: Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { items = [], next } = await pageAt(token);
    all.push(...items);
    if (!next) return all;
    if (next === token) break;
    token = next;
  }
  throw new ProviderError("unavailable", `${what}: the pages don't end`);
}
