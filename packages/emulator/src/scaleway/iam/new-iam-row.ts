import { text } from "../../http/body.ts";
import type { Call } from "../../http/route.ts";
import { newNamedRow, renamed } from "../named-row.ts";
import type { IamRow } from "./rows.ts";

/** A new row with what the request says of all of them. */
export function newIamRow(call: Call): IamRow {
  const body = call.body();
  return {
    ...newNamedRow(call),
    organizationId: text(body, "organization_id") ?? call.world.projectId,
    description: text(body, "description") ?? "",
  };
}

/** The row with the name, the tags and the description that the request gives it; what is absent stays. */
export function redescribed<R extends IamRow>(call: Call, row: R): R {
  return { ...renamed(call, row), description: text(call.body(), "description") ?? row.description };
}
