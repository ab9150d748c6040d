import type { World } from "../../world.ts";
import type { IpRow, ServerRow } from "./rows.ts";

const ATTACH_MS = 2_000;

/** The address with the server, or with none; a machine that runs takes a moment to take it over. */
export function heldBy(ip: IpRow, server: ServerRow | undefined, at: number): IpRow {
  return { ...ip, serverId: server?.id ?? null, pendingSince: server?.state === "running" ? at : null };
}

export function ipState(world: World, ip: IpRow): "detached" | "pending" | "attached" {
  if (ip.serverId === null) return "detached";
  const since = ip.pendingSince ?? null;
  return since !== null && world.now() < since + ATTACH_MS / world.timeScale ? "pending" : "attached";
}
