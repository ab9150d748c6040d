import { notFound, preconditionFailed } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { ips } from "./rows.ts";
import type { IpRow } from "./rows.ts";

/** The address of that id in the zone, which no server has. @param serverId but this one may */
export function freeIp(world: World, zone: string, id: string, serverId?: string): IpRow {
  const ip = ips(world).get(id);
  if (ip?.zone !== zone) throw notFound("instance_ip", id);
  if (ip.serverId !== null && ip.serverId !== serverId)
    throw preconditionFailed(412, "resource_still_in_use", `IP ${id} is already attached to a server`);
  return ip;
}
