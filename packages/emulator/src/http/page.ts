import { invalidArgument } from "./refusal.ts";
import { json } from "./route.ts";
import type { Answer, Call } from "./route.ts";

const MOST_PER_PAGE = 100;

interface Listing<T> {
  /** Under what name the body has the items. */
  key: string;
  /** Oldest first, as a list of rows gives them. */
  rows: readonly T[];
  view: (row: T) => unknown;
  /** `created_at_desc`, `creation_date_asc`, `name_desc` …; an unknown field means creation. @default as the rows come */
  order?: string;
}

/** Instance v1: the items alone in the body, X-Total-Count and a relative Link in the headers. */
export function headerPage<T>(call: Call, options: Listing<T> & { path: string; perPage?: number }): Answer {
  const page = positive(call.query, "page", 1);
  const perPage = Math.min(positive(call.query, "per_page", options.perPage ?? 50), MOST_PER_PAGE);
  const items = slice(call, options, page, perPage).map(options.view);
  return json(
    200,
    { [options.key]: items },
    pageHeaders(call, { path: options.path, total: options.rows.length, page, perPage }),
  );
}

/** The headers of a page of instance v1. */
export function pageHeaders(
  call: Call,
  options: { path: string; total: number; page: number; perPage: number },
): Record<string, string> {
  const last = Math.ceil(options.total / options.perPage);
  const kept = new URLSearchParams(call.query);
  kept.delete("page");
  kept.delete("per_page");
  const rest = kept.toString();
  const link = (page: number, rel: string): string =>
    `<${options.path}?page=${page}&per_page=${options.perPage}&${rest}>; rel="${rel}"`;
  const links: string[] = [];
  if (options.page > 1) links.push(link(1, "first"), link(options.page - 1, "previous"));
  if (options.page < last) links.push(link(options.page + 1, "next"));
  links.push(link(last, "last"));
  return { "X-Total-Count": String(options.total), Link: links.join(",") };
}

/** Everything but instance v1: `total_count` in the body. */
export function bodyPage<T>(call: Call, options: Listing<T>): Answer {
  const page = positive(call.query, "page", 1);
  const size = Math.min(positive(call.query, "page_size", 50), MOST_PER_PAGE);
  return json(200, {
    [options.key]: slice(call, options, page, size).map(options.view),
    total_count: options.rows.length,
  });
}

/** One page of a list, found without going through the others; empty when a fault takes the page away. */
export function slice<T>(
  call: Call,
  { rows, order = "" }: Pick<Listing<T>, "rows" | "order">,
  page: number,
  size: number,
): readonly T[] {
  if (call.missPage) return [];
  const [from, to] = [(page - 1) * size, page * size];
  const newestFirst = order.endsWith("desc");
  if (order.startsWith("name")) return byName(rows, newestFirst).slice(from, to);
  if (!newestFirst) return rows.slice(from, to);
  const end = rows.length;
  return rows.slice(Math.max(end - to, 0), Math.max(end - from, 0)).reverse();
}

function byName<T>(rows: readonly T[], descending: boolean): T[] {
  const name = (row: T): string => (row as { name?: string }).name ?? "";
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}

export function positive(query: URLSearchParams, name: string, fallback: number): number {
  const given = query.get(name);
  if (given === null || given === "") return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw invalidArgument(name, "constraint", "must be a positive integer");
  return value;
}
