import { isUuid } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { projects } from "../account/rows.ts";
import { inPlace } from "../listed.ts";
import { byProject } from "../project.ts";
import { securityGroups } from "./rows.ts";
import type { SecurityGroupRow } from "./rows.ts";

const GENERATED = {
  name: "Default security group",
  description: "Auto generated security group.",
  isDefault: true,
  isGenerated: true,
};

/** Where new servers of the project go; it is made when first needed. */
export function defaultSecurityGroup(
  world: World,
  where: { zone: string; projectId: string; at: number },
): SecurityGroupRow {
  const { zone, projectId, at } = where;
  const known = securityGroups(world)
    .by(byProject, inPlace(zone, projectId))
    .find((group) => group.isDefault);
  return known ?? newSecurityGroup(world, { zone, projectId, ...GENERATED }, at);
}

/** Projects from of old have their default group from the beginning, those that are made with their first server. */
export function ensureDefaultSecurityGroup(
  world: World,
  where: { zone: string; projectId: string; at: number },
): void {
  if (!projects(world).get(where.projectId)) defaultSecurityGroup(world, where);
}

/** The group of that id in the zone. */
export function securityGroupNamed(world: World, zone: string, id: string): SecurityGroupRow {
  if (!isUuid(id)) throw invalidArgument("security_group", "constraint", "not a valid value");
  const group = securityGroups(world).get(id);
  if (group?.zone !== zone) throw notFound("instance_security_group", id);
  return group;
}

/** Takes the place of the project's default group; no group gives that place up by itself. */
export function makeDefault(world: World, row: SecurityGroupRow, at: number): SecurityGroupRow {
  const groups = securityGroups(world);
  for (const other of groups.by(byProject, inPlace(row.zone, row.projectId)).slice())
    if (other.isDefault) groups.put({ ...other, isDefault: false }, at);
  return groups.put({ ...row, isDefault: true }, at);
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
    isGenerated: false,
    defaultSecurity: true,
    rules: [],
    ...given,
    id: world.random.uuid(),
    createdAt: at,
    modifiedAt: at,
  };
  return securityGroups(world).put(row, at);
}
