import type { Call } from "../../http/route.ts";
import type { Row } from "../../table.ts";
import type { Filter } from "../listed.ts";

/** `tag`: one of the row's. */
export function withTag<R extends Row>(call: Call): Filter<R> | undefined {
  const wanted = call.query.get("tag");
  return wanted ? { test: (row) => row.tags.includes(wanted) } : undefined;
}

/** `order_by` of a list; a policy's name goes by a longer name there. @default the oldest first */
export function orderOf(call: Call): string {
  return (call.query.get("order_by") ?? "created_at_asc").replace(/^policy_/, "");
}
