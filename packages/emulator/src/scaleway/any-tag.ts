import type { Row } from "../table.ts";
import { values } from "./listed.ts";
import type { Filter } from "./listed.ts";

/** At least one of the wanted tags is there: the younger products ask so. */
export function anyTag<R extends Pick<Row, "tags">>(query: URLSearchParams): Filter<R> | undefined {
  const wanted = values(query, "tags");
  return wanted.length === 0 ? undefined : { test: (row) => wanted.some((tag) => row.tags.includes(tag)) };
}
