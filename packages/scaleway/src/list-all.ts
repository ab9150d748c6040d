import { ScalewayCallError } from "./call-error.ts";

export interface ListOptions {
  /** For messages: `servers of fr-par-1`. */
  what: string;
  /** True when the pages come in order of creation, oldest first. @default false */
  oldestFirst?: boolean;
}

interface Page<Item> {
  items: Item[];
  /** How many there are on all pages, by the same answer. */
  totalCount: number | undefined;
}

/**
 * Every item of every page, or a throw with kind `unavailable`: an inventory that may lack something never passes.
 *
 * Each answer must hold as many items as its own count promises. When there are several pages, the list may change
 * while it is read. Oldest first, the pages are read from the last to the first: what is made meanwhile comes at the end,
 * behind us, and what is deleted moves others only towards pages that are still to be read. In any other order the sum
 * must be what the first page promised.
 */
export async function listAll<Item extends { id: string }>(
  pageOf: (page: number, size: number) => Promise<Page<Item>>,
  options: ListOptions,
): Promise<Item[]> {
  const first = await pageOf(1, PAGE_SIZE);
  const total = counted(first, 1, options);
  const last = Math.ceil(total / PAGE_SIZE);
  if (last > MOST_PAGES) throw incomplete(options, `${total} are more than can be read`);
  if (last <= 1) return first.items;

  const found = new Map<string, Item>();
  const keep = (items: Item[]) => items.forEach((item) => found.set(item.id, item));
  if (!options.oldestFirst) keep(first.items);
  for (const number of pagesAfterFirst(last, options.oldestFirst === true)) {
    const page = await pageOf(number, PAGE_SIZE);
    counted(page, number, options);
    keep(page.items);
  }
  if (!options.oldestFirst && found.size !== total)
    throw incomplete(options, `${found.size} of ${total} were shown`);
  return [...found.values()];
}

const PAGE_SIZE = 100;
/** Far beyond any quota: a count that is not true would have us ask for ever. */
const MOST_PAGES = 10_000;

/** The first page is read again at the end: what moved there after the first look would be missed. */
function pagesAfterFirst(last: number, oldestFirst: boolean): number[] {
  const pages = Array.from({ length: last }, (_, index) => index + 1);
  return oldestFirst ? pages.reverse() : pages.slice(1);
}

function counted(page: Page<unknown>, number: number, options: ListOptions): number {
  const { items, totalCount } = page;
  if (totalCount === undefined || !Number.isInteger(totalCount) || totalCount < 0)
    throw incomplete(options, "the answer doesn't say how many there are");
  const due = Math.min(PAGE_SIZE, Math.max(0, totalCount - (number - 1) * PAGE_SIZE));
  if (items.length !== due)
    throw incomplete(
      options,
      `page ${number} holds ${items.length} items, and ${due} of ${totalCount} were due`,
    );
  return totalCount;
}

function incomplete(options: ListOptions, explanation: string): ScalewayCallError {
  return new ScalewayCallError({ kind: "unavailable", operation: `list ${options.what}`, explanation });
}
