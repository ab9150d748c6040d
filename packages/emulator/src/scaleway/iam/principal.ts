import { flag, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import { userOf } from "./owner.ts";
import { applications, groups } from "./rows.ts";
import type { Principal } from "./rows.ts";

/** Whom the body names; null for nobody, undefined when it says nothing about it. */
export function principalOf(call: Call, body: Body): Principal | undefined {
  const types = (["user", "group", "application"] as const).filter((type) => text(body, `${type}_id`));
  const nobody = flag(body, "no_principal", false);
  if (types.length + Number(nobody) > 1)
    throw invalidArgument("principal", "constraint", "at most one principal can be set");
  const [type] = types;
  if (!type) return nobody ? null : undefined;
  const id = text(body, `${type}_id`) ?? "";
  if (type === "user") userOf(call, id);
  if (type === "group" && !groups(call.world).get(id)) throw notFound("group", id);
  if (type === "application" && !applications(call.world).get(id)) throw notFound("application", id);
  return { type, id };
}
