import { transientState } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { found } from "../listed.ts";
import { instances } from "./rows.ts";
import type { InstanceRow } from "./rows.ts";

/** The instance of that id, by default the one that the path names. */
export function foundInstance(call: Call, id = pathUuid(call, "instance_id")): InstanceRow {
  return found(call, instances(call.world), { resource: "instance", id });
}

/** The same, as long as nothing else is going on with it. */
export function readyInstance(call: Call, id?: string): InstanceRow {
  const row = foundInstance(call, id);
  if (row.status !== "ready") throw transientState("instance", row.id, row.status);
  return row;
}

export function putInstance(call: Call, row: InstanceRow, change: Partial<InstanceRow>): InstanceRow {
  return instances(call.world).put({ ...row, ...change, modifiedAt: call.now }, call.now);
}
