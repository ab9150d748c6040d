import type { World } from "../../world.ts";
import { projects } from "../account/rows.ts";
import { inPlace } from "../listed.ts";
import { byProject } from "../project.ts";
import { vpcs } from "./rows.ts";
import type { Acl, VpcRow } from "./rows.ts";

interface Where {
  region: string;
  projectId: string;
  at: number;
}

/** The VPC that takes the networks of those who name none; it is made when first needed. */
export function defaultVpc(world: World, where: Where): VpcRow {
  const known = vpcs(world)
    .by(byProject, inPlace(where.region, where.projectId))
    .find((vpc) => vpc.isDefault);
  return known ?? newDefaultVpc(world, where);
}

/**
 * Projects from before May 2025, like the known one, have theirs from the beginning, without routing; others have none
 * until a network needs it. https://www.scaleway.com/en/docs/vpc/concepts/#default-vpc
 */
export function ensureDefaultVpc(world: World, region: string, at: number): void {
  defaultVpc(world, { region, projectId: world.projectId, at });
}

function newDefaultVpc(world: World, { region, projectId, at }: Where): VpcRow {
  const routes = projects(world).get(projectId) !== undefined;
  return newVpc(
    world,
    {
      name: "default",
      zone: region,
      tags: ["default"],
      projectId,
      isDefault: true,
      routingEnabled: routes,
      customRoutesPropagationEnabled: routes,
    },
    at,
  );
}

type Given = Pick<VpcRow, "name" | "zone" | "projectId"> & Partial<VpcRow>;

const OPEN: Acl = { rules: [], defaultPolicy: "accept" };

export function newVpc(world: World, given: Given, at: number): VpcRow {
  const row: VpcRow = {
    tags: [],
    isDefault: false,
    // Since 2025 whether the caller asks for them or not.
    routingEnabled: true,
    customRoutesPropagationEnabled: true,
    transitivityEnabled: false,
    s3IntegrationEnabled: false,
    acls: { ipv4: OPEN, ipv6: OPEN },
    ...given,
    id: world.random.uuid(),
    createdAt: at,
    modifiedAt: at,
  };
  return vpcs(world).put(row, at);
}
