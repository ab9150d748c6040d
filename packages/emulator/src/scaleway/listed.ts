import { notFound } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";
import type { Row, Table } from "../table.ts";

/** The rows of the call's zone that a list shows: late, if a fault says so. */
export function listed<R extends Row>(call: Call, table: Table<R>): R[] {
  const rows = call.listLagMs > 0 ? table.asOf(call.now - call.listLagMs) : table.all();
  return rows.filter((row) => row.zone === call.params.zone);
}

/** The row of that id in the call's zone, or the 404 about this resource. */
export function found<R extends Row>(
  call: Call,
  table: Table<R>,
  options: { resource: string; id: string },
): R {
  const row = table.get(options.id);
  if (!row || row.zone !== call.params.zone) throw notFound(options.resource, options.id);
  return row;
}

/** Whether all wanted tags are there; both `tags=a,b` and `tags=a&tags=b` are understood. */
export function hasTags(query: URLSearchParams, tags: readonly string[]): boolean {
  const wanted = query
    .getAll("tags")
    .flatMap((value) => value.split(","))
    .filter((tag) => tag !== "");
  return wanted.every((tag) => tags.includes(tag));
}

/** Whether a filter is absent or equal. */
export function is(query: URLSearchParams, name: string, value: string | null): boolean {
  const wanted = query.get(name);
  return wanted === null || wanted === "" || wanted === value;
}

export function contains(query: URLSearchParams, name: string, value: string): boolean {
  return value.includes(query.get(name) ?? "");
}

/** By `created_at_desc`, `creation_date_asc`, `name_desc` …; creation when the field is unknown. */
export function ordered<R extends Row>(rows: R[], order: string): R[] {
  const sign = order.endsWith("desc") ? -1 : 1;
  if (order.startsWith("name"))
    return rows.sort((a, b) => sign * (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const oldestFirst = rows.sort((a, b) => a.createdAt - b.createdAt);
  return sign < 0 ? oldestFirst.reverse() : oldestFirst;
}
