import type { World } from "../../world.ts";
import { blockVolumes } from "../block/rows.ts";
import { localVolumeState } from "./local-volume-state.ts";
import { localVolumes } from "./rows.ts";
import type { AttachedVolume, ServerRow, ServerState } from "./rows.ts";

export type Action = "poweron" | "poweroff" | "stop_in_place" | "reboot" | "terminate" | "backup";

/** What each state offers: the cloud's `allowed_actions`, and what we refuse by. */
const serverCan: Readonly<Record<ServerState, readonly Action[]>> = {
  stopped: ["poweron", "backup"],
  starting: ["stop_in_place", "backup"],
  running: ["poweroff", "terminate", "reboot", "stop_in_place", "backup"],
  stopping: ["stop_in_place", "backup"],
  "stopped in place": ["poweron", "poweroff", "terminate", "reboot", "backup"],
};

/** Nothing at all while a volume is being attached, saved or deleted. */
export function allowedActions(world: World, row: ServerRow): readonly Action[] {
  return Object.values(row.volumes).some((volume) => isBusy(world, volume)) ? [] : serverCan[row.state];
}

function isBusy(world: World, volume: AttachedVolume): boolean {
  const local = localVolumes(world).get(volume.id);
  return local ? localVolumeState(world, local) !== "available" : isAttaching(world, volume);
}

export function isAttaching(world: World, volume: AttachedVolume): boolean {
  return volume.late === true && blockVolumes(world).get(volume.id)?.reference?.status === "attaching";
}

export const ACTIONS: readonly Action[] = [
  "poweron",
  "poweroff",
  "stop_in_place",
  "reboot",
  "terminate",
  "backup",
];
