import type { World } from "../../world.ts";
import { inPlace } from "../listed.ts";
import { servers } from "./rows.ts";
import type { LocalVolumeRow } from "./rows.ts";
import { byBaseVolume, snapshots } from "./snapshot-rows.ts";

/** A local volume goes with a server that is terminated; it is held while a snapshot of it is made. */
export function localVolumeState(
  world: World,
  row: LocalVolumeRow,
): "available" | "snapshotting" | "deleting" {
  const server = row.serverId === null ? undefined : servers(world).get(row.serverId);
  if (server?.stateDetail === "terminating") return "deleting";
  const made = snapshots(world).by(byBaseVolume, inPlace(row.zone, row.id));
  return made.some(({ state }) => state === "snapshotting") ? "snapshotting" : "available";
}
