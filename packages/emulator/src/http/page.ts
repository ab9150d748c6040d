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
  /** `created_at_desc`, `modification_date_asc`, `name_desc` …; an unknown field means creation. @default as the rows come */
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
  const rising = sorted(rows, order);
  if (!order.endsWith("desc")) return rising.slice(from, to);
  const end = rising.length;
  return rising.slice(Math.max(end - to, 0), Math.max(end - from, 0)).reverse();
}

/** What an order can name besides creation, by which rows come anyway. */
const FIELDS = { name: "name", updated_at: "modifiedAt", modification_date: "modifiedAt" } as const;

function sorted<T>(rows: readonly T[], order: string): readonly T[] {
  const named = order.replace(/_(asc|desc)$/, "");
  if (!Object.hasOwn(FIELDS, named)) return rows;
  const field = FIELDS[named as keyof typeof FIELDS];
  const key = (row: T): string | number => (row as Record<string, string | number>)[field] ?? "";
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

export function positive(query: URLSearchParams, name: string, fallback: number): number {
  const given = query.get(name);
  if (given === null || given === "") return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw invalidArgument(name, "constraint", "must be a positive integer");
  return value;
}
