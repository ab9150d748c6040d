import { isUuid, one, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { byPlacementGroup, placementGroups } from "./placement-group-rows.ts";
import type { PlacementGroupRow } from "./placement-group-rows.ts";
import { servers } from "./rows.ts";

/** The group that a server's body names: null takes it out of its group, absent leaves it there. */
export function placementGroupOf(
  world: World,
  zone: string,
  body: Body,
  before: string | null = null,
): string | null {
  if (!("placement_group" in body)) return before;
  const id = text(body, "placement_group");
  if (!id) return null;
  if (!isUuid(id)) throw invalidArgument("placement_group", "constraint", "not a valid value");
  if (placementGroups(world).get(id)?.zone !== zone) throw notFound("instance_placement_group", id);
  return id;
}

/** What a body says of the policy; an unknown type says nothing. */
export function policyOf(
  body: Body,
  before: Pick<PlacementGroupRow, "policyMode" | "policyType">,
): Pick<PlacementGroupRow, "policyMode" | "policyType"> {
  const type = one(body, "policy_type", ["unknown_policy_type", "max_availability", "low_latency"]);
  return {
    policyMode: one(body, "policy_mode", ["optional", "enforced"]) ?? before.policyMode,
    policyType: type === undefined || type === "unknown_policy_type" ? before.policyType : type,
  };
}

/** Without a word about it, a group spreads its servers where it can. */
export const USUAL_POLICY = { policyMode: "optional", policyType: "max_availability" } as const;

/** Its servers stay, in no group. */
export function removePlacementGroup(world: World, row: PlacementGroupRow, at: number): void {
  for (const server of servers(world).by(byPlacementGroup, row.id).slice())
    servers(world).put({ ...server, placementGroupId: null }, at);
  placementGroups(world).remove(row.id, at);
}
