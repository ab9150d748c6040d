import { noContent } from "../http/route.ts";
import type { Answer, Call } from "../http/route.ts";
import type { Row, Table } from "../table.ts";
import type { World } from "../world.ts";

/** Answers a DELETE of what nothing holds back. */
export function deleteHandler<R extends Row>(
  table: (world: World) => Table<R>,
  rowOf: (call: Call) => R,
): (call: Call) => Answer {
  return (call) => {
    table(call.world).remove(rowOf(call).id, call.now);
    return noContent();
  };
}
