import { preconditionFailed } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { takeIpv4, takeIpv6Prefix } from "../instance/addresses.ts";
import { parseIp } from "../ip-address.ts";
import { organizationOf } from "../project.ts";
import { regionOf } from "../region-of.ts";
import { foundPart } from "./found-lb.ts";
import { lbIps } from "./rows.ts";
import type { LbIpRow } from "./rows.ts";

type NewLbIp = Pick<LbIpRow, "zone" | "projectId" | "isIpv6" | "lbId"> &
  Partial<Pick<LbIpRow, "tags" | "reverse">>;

export function newLbIp(world: World, given: NewLbIp, at: number): LbIpRow {
  const address = given.isIpv6 ? takeIpv6Prefix(world) : takeIpv4(world);
  const row: LbIpRow = {
    tags: [],
    reverse: ownReverse(address, given.zone),
    ...given,
    id: world.random.uuid(),
    name: address,
    createdAt: at,
  };
  return lbIps(world).put(row, at);
}

/** The address of that id, which no load balancer has. */
export function freeLbIp(call: Call, id: string): LbIpRow {
  const row = foundPart(call, lbIps(call.world), id, "ips");
  if (row.lbId !== null)
    throw preconditionFailed(412, "resource_still_in_use", "IP is attached to a load balancer");
  return row;
}

export function viewLbIp(world: World, row: LbIpRow): Record<string, unknown> {
  return {
    id: row.id,
    ip_address: row.name,
    lb_id: row.lbId,
    organization_id: organizationOf(world, row.projectId),
    project_id: row.projectId,
    region: regionOf(row.zone),
    reverse: row.reverse,
    tags: row.tags,
    zone: row.zone,
  };
}

/** `51-15-0-1.lb.fr-par.scw.cloud`; of an IPv6 address the hexadecimal digits, the last one first. */
export function ownReverse(address: string, zone: string): string {
  const domain = `lb.${regionOf(zone)}.scw.cloud`;
  const ip = parseIp(address);
  if (!ip?.isIpv6) return `${address.replaceAll(".", "-")}.${domain}`;
  const digits = ip.value.toString(16).padStart(32, "0");
  return `${[...digits].reverse().join(".")}.${domain}`;
}
