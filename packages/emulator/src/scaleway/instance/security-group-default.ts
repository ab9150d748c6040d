import type { World } from "../../world.ts";
import { inPlace } from "../listed.ts";
import { byProject, securityGroups } from "./rows.ts";
import type { SecurityGroupRow } from "./rows.ts";

const DEFAULT = {
  name: "Default security group",
  description: "Auto generated security group.",
  isDefault: true,
};

/** The group that every project has in every zone; it is made when first needed. */
export function defaultSecurityGroup(
  world: World,
  where: { zone: string; projectId: string; at: number },
): SecurityGroupRow {
  const { zone, projectId, at } = where;
  const known = securityGroups(world)
    .by(byProject, inPlace(zone, projectId))
    .find((group) => group.isDefault);
  return known ?? newSecurityGroup(world, { zone, projectId, ...DEFAULT }, at);
}

type Given = Pick<SecurityGroupRow, "zone" | "projectId" | "name"> & Partial<SecurityGroupRow>;

export function newSecurityGroup(world: World, given: Given, at: number): SecurityGroupRow {
  const row: SecurityGroupRow = {
    tags: [],
    description: null,
    stateful: true,
    inbound: "accept",
    outbound: "accept",
    isDefault: false,
    defaultSecurity: true,
    rules: [],
    ...given,
    id: world.random.uuid(),
    createdAt: at,
    modifiedAt: at,
  };
  return securityGroups(world).put(row, at);
}
