import { invalidArgument, notFound } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";
import type { Index, Row, Table } from "../table.ts";

/** One condition of a list; with an index when rows that meet it can be found without looking at all. */
export interface Filter<R> {
  test(row: R): boolean;
  index?: Index<R>;
  /** The key in the index; the zone is put before it. */
  key?: string;
}

/** The zone or region that the call is about. */
export function placeOf(call: Call): string {
  return call.params.zone ?? call.params.region ?? "";
}

const byPlace: Index<Row> = (row) => [row.zone];
const byTag: Index<Row> = (row) => row.tags.map((tag) => inPlace(row.zone, tag));

/** The key of an index that finds rows within one zone or region. */
export function inPlace(zone: string, key: string): string {
  return `${zone}\n${key}`;
}

/**
 * The rows of the call's zone or region that meet all conditions, oldest first: late, if a fault says so. Only rows under
 * the rarest of the indexed conditions are looked at; where that one is the only condition, none is.
 */
export function listed<R extends Row>(
  call: Call,
  table: Table<R>,
  conditions: readonly (Filter<R> | undefined)[] = [],
): readonly R[] {
  const place = placeOf(call);
  const filters = conditions.filter((one) => one !== undefined);
  if (call.listLagMs > 0)
    return table
      .asOf(call.now - call.listLagMs)
      .filter((row) => row.zone === place && filters.every((filter) => filter.test(row)));

  let rows = table.by(byPlace, place);
  let covered: Filter<R> | undefined;
  for (const filter of filters) {
    if (!filter.index || filter.key === undefined) continue;
    const found = table.by(filter.index, inPlace(place, filter.key));
    if (covered && found.length >= rows.length) continue;
    [rows, covered] = [found, filter];
  }
  const others = filters.filter((filter) => filter !== covered);
  return others.length === 0 ? rows : rows.filter((row) => others.every((filter) => filter.test(row)));
}

/** The row of that id in the call's zone or region, or the 404 about this resource. */
export function found<R extends Row>(
  call: Call,
  table: Table<R>,
  options: { resource: string; id: string },
): R {
  const row = table.get(options.id);
  if (!row || row.zone !== placeOf(call)) throw notFound(options.resource, options.id);
  return row;
}

/** What a query parameter says, all its values: both `ids=a,b` and `ids=a&ids=b` are understood. */
export function values(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .filter((value) => value !== "");
}

/** All wanted tags are there. */
export function tagged<R extends Row>(query: URLSearchParams): Filter<R> | undefined {
  const wanted = values(query, "tags");
  const test = (row: R): boolean => wanted.every((tag) => row.tags.includes(tag));
  const [first] = wanted;
  if (first === undefined) return undefined;
  // Of several tags the index knows one: the others are looked for.
  return wanted.length > 1 ? { test } : { test, index: byTag, key: first };
}

/** The parameter is absent, or equals what the row has. @param index finds rows by `inPlace(zone, value)` */
export function equal<R>(
  query: URLSearchParams,
  name: string,
  valueOf: (row: R) => string | null,
  index?: Index<R>,
): Filter<R> | undefined {
  const wanted = query.get(name);
  if (!wanted) return undefined;
  const test = (row: R): boolean => valueOf(row) === wanted;
  return index ? { test, index, key: wanted } : { test };
}

/** The parameter is absent, or one of its values is what the row has. */
export function among<R>(
  query: URLSearchParams,
  name: string,
  valueOf: (row: R) => string | null,
): Filter<R> | undefined {
  const wanted = new Set(values(query, name));
  return wanted.size === 0 ? undefined : { test: (row) => wanted.has(valueOf(row) ?? "") };
}

/** The parameter is absent, or part of what the row has. */
export function containing<R>(
  query: URLSearchParams,
  name: string,
  valueOf: (row: R) => string,
): Filter<R> | undefined {
  const wanted = query.get(name);
  return wanted ? { test: (row) => valueOf(row).includes(wanted) } : undefined;
}

/** The parameter is absent, or the row has that flag so; the Python SDK writes flags with a capital. */
export function flagged<R>(
  query: URLSearchParams,
  name: string,
  valueOf: (row: R) => boolean,
): Filter<R> | undefined {
  const wanted = queriedFlag(query, name);
  return wanted === undefined ? undefined : { test: (row) => valueOf(row) === wanted };
}

/** What the query says of a flag: undefined when it says nothing. */
export function queriedFlag(query: URLSearchParams, name: string): boolean | undefined {
  const given = query.get(name)?.toLowerCase();
  if (!given) return undefined;
  if (given !== "true" && given !== "false") throw invalidArgument(name, "format", "must be a boolean");
  return given === "true";
}

/** The parameter is absent, or the row passes. */
export function when<R>(
  query: URLSearchParams,
  name: string,
  test: (wanted: string, row: R) => boolean,
): Filter<R> | undefined {
  const wanted = query.get(name);
  return wanted ? { test: (row) => test(wanted, row) } : undefined;
}

/** Of things that are no rows: those that meet all conditions. */
export function meeting<R>(things: readonly R[], conditions: readonly (Filter<R> | undefined)[]): R[] {
  return things.filter((thing) => conditions.every((one) => one?.test(thing) ?? true));
}
