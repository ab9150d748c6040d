import { positive, slice } from "../../../http/page.ts";
import { invalidArgument } from "../../../http/refusal.ts";
import { json } from "../../../http/route.ts";
import type { Answer, Call } from "../../../http/route.ts";

interface Listing<T> {
  /** Under what name the body has the items. */
  key: string;
  /** Oldest first, as a list of rows gives them. */
  rows: readonly T[];
  view: (row: T) => unknown;
  /** `created_at_desc`, `updated_at_asc` … @default as the rows come */
  order?: string;
}

const MOST_PER_PAGE = 100;

/** One page of a v2alpha1 list: `next_page_token` says where to go on, and is absent on the last page. */
export function tokenPage<T>(call: Call, { key, rows, view, order = "" }: Listing<T>): Answer {
  const size = Math.min(positive(call.query, "page_size", 50), MOST_PER_PAGE);
  const page = pageOf(call.query);
  const items = slice(call, { rows, order }, page, size).map(view);
  const more = page * size < rows.length;
  return json(200, {
    [key]: items,
    ...(more ? { next_page_token: tokenOf(page + 1) } : {}),
    total_count: rows.length,
  });
}

/** The token says which page; clients of other APIs ask for it by number. */
function pageOf(query: URLSearchParams): number {
  const token = query.get("page_token");
  if (!token) return positive(query, "page", 1);
  const page = Number(/^page (\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1]);
  if (!(page >= 1)) throw invalidArgument("page_token", "format", "not a valid value");
  return page;
}

function tokenOf(page: number): string {
  return Buffer.from(`page ${page}`).toString("base64url");
}
