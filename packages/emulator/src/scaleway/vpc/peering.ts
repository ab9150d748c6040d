import type { World } from "../../world.ts";
import { overlap, parseCidr } from "../cidr.ts";
import { byVpc, privateNetworks, vpcConnectors } from "./rows.ts";
import type { VpcConnectorRow } from "./rows.ts";

/** The other side has a connector to this one. */
export function isPeered(world: World, row: VpcConnectorRow): boolean {
  return vpcConnectors(world)
    .by(byVpc, row.targetVpcId)
    .some((other) => other.targetVpcId === row.vpcId);
}

interface SubnetOverlap {
  readonly source_subnet_id: string;
  readonly source_subnet: string;
  readonly target_subnet_id: string;
  readonly target_subnet: string;
}

/** The blocks that both sides use. How the cloud names its fields here was never recorded. */
export function subnetOverlaps(world: World, row: VpcConnectorRow): SubnetOverlap[] {
  const [ours, theirs] = [row.vpcId, row.targetVpcId].map((id) =>
    privateNetworks(world)
      .by(byVpc, id)
      .flatMap(({ subnets }) => subnets),
  );
  return (ours ?? []).flatMap((a) =>
    (theirs ?? [])
      .filter((b) => isOverlap(a.cidr, b.cidr))
      .map((b) => ({
        source_subnet_id: a.id,
        source_subnet: a.cidr,
        target_subnet_id: b.id,
        target_subnet: b.cidr,
      })),
  );
}

function isOverlap(a: string, b: string): boolean {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return one !== undefined && other !== undefined && overlap(one, other);
}
