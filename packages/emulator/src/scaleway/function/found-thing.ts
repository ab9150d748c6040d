import { Refusal } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { Row, Table } from "../../table.ts";
import { placeOf } from "../listed.ts";

/** The row of that id in the call's region. @param what as this API words its 404, which names no type and no id */
export function foundThing<R extends Row>(
  call: Call,
  table: Table<R>,
  what: string,
  id = call.params.id ?? "",
): R {
  const row = table.get(id);
  if (row?.zone !== placeOf(call)) throw new Refusal(404, { message: `${what} was not found` });
  return row;
}
