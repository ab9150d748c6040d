import { notFound } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import type { Row, Table } from "../../table.ts";
import { placeOf } from "../listed.ts";

/** The row of the call's path; the cloud does not say what it did not find. @param argument its id's name in the API */
export function foundUnknown<R extends Row>(call: Call, table: Table<R>, argument: string): R {
  const row = table.get(pathUuid(call, argument));
  if (row?.zone !== placeOf(call)) throw notFound("unknown", "");
  return row;
}
