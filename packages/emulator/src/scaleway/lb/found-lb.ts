import { Refusal } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { Row, Table } from "../../table.ts";
import { placeOf } from "../listed.ts";
import { lbs } from "./rows.ts";
import type { LbRow } from "./rows.ts";

/** The row of that id in the call's zone. @param what as this API words its 404, which names no type and no id */
export function foundPart<R extends Row>(call: Call, table: Table<R>, id: string, what: string): R {
  const row = table.get(id);
  if (row?.zone !== placeOf(call)) throw new Refusal(404, { message: `${what} not Found` });
  return row;
}

/** The load balancer of that id, by default the one that the path names. */
export function foundLb(call: Call, id = call.params.id ?? ""): LbRow {
  return foundPart(call, lbs(call.world), id, "lbs");
}
