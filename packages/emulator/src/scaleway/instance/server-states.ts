import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { detachBlockVolume } from "../block/volume-states.ts";
import { DURATIONS } from "../durations.ts";
import { SENTINELS } from "../seed/sentinels.ts";
import { takeIpv4 } from "./addresses.ts";
import { reportGuest } from "./guest.ts";
import { heldBy } from "./ip-states.ts";
import { detachNic, removeNic } from "./nic-states.ts";
import { byServer, ips, localVolumes, privateNics, servers } from "./rows.ts";
import type { ServerRow, ServerState } from "./rows.ts";
import type { Action } from "./server-can.ts";

/** What time does to servers. */
export const serverSteps: Steps = {
  "server:running": step((world, row, at) => {
    const running = become(world, row, "running", "booting kernel", at, {
      hypervisor: row.hypervisor ?? String(world.random.int(2000) + 1),
      dynamicIp: dynamicIpOf(world, row),
    });
    next(world, running, "guestUp", DURATIONS.guestUp, at);
  }),
  "server:guestUp": step(reportGuest),
  "server:stopped": step((world, row, at) => become(world, row, "stopped", "", at, { hypervisor: null })),
  "server:stoppedInPlace": step((world, row, at) =>
    become(world, row, "stopped in place", "stopped in place", at),
  ),
  "server:booting": step((world, row, at) => {
    become(world, row, "starting", "rebooting", at);
    next(world, row, "running", DURATIONS.rebootUp, at);
  }),
  "server:gone": step((world, row, at) => removeServer(world, row, at, "terminate")),
};

/** Starts an action that the server's state allows; backup is not among them. */
export function startAction(
  world: World,
  row: ServerRow,
  action: Exclude<Action, "backup">,
  at: number,
): void {
  switch (action) {
    case "poweron": {
      const detail = row.state === "stopped in place" ? "stopped in place" : "allocating node";
      const started = ask(world, row, "starting", detail, at);
      if (row.commercialType !== SENTINELS.neverBoots) next(world, started, "running", DURATIONS.poweron, at);
      return;
    }
    case "poweroff":
      next(
        world,
        ask(world, row, "stopping", "stopping", at, { dynamicIp: null }),
        "stopped",
        DURATIONS.poweroff,
        at,
      );
      return;
    case "terminate":
      next(
        world,
        ask(world, row, "stopping", "terminating", at, { dynamicIp: null }),
        "gone",
        DURATIONS.terminate,
        at,
      );
      return;
    case "stop_in_place": {
      // A server that is on its way down stays on it.
      if (row.state === "stopping") return;
      const asked = ask(world, row, "stopping", "stopping in place", at);
      next(world, asked, "stoppedInPlace", DURATIONS.stopInPlace, at);
      return;
    }
    case "reboot":
      next(world, ask(world, row, "stopping", "rebooting", at), "booting", DURATIONS.rebootDown, at);
      return;
    default:
      action satisfies never;
  }
}

/** Network cards go with it; block volumes and addresses survive; local volumes die with a terminate and survive a delete. */
export function removeServer(world: World, row: ServerRow, at: number, how: "terminate" | "delete"): void {
  const goes = (id: string): boolean => row.takesAlong?.includes(id) ?? false;
  for (const volume of Object.values(row.volumes)) {
    if (volume.kind === "sbs_volume") detachBlockVolume(world, volume.id, at);
    else if (how === "terminate" || goes(volume.id)) localVolumes(world).remove(volume.id, at);
    else freeLocalVolume(world, volume.id, at);
  }
  for (const id of row.ipIds) {
    const ip = ips(world).get(id);
    if (goes(id)) ips(world).remove(id, at);
    else if (ip) ips(world).put(heldBy(ip, undefined, at), at);
  }
  const nics = [...privateNics(world).by(byServer, row.id)];
  // A card that stays behind is free at once: no machine has to let go of it.
  for (const nic of nics)
    if (row.leavesBehind?.includes(nic.id)) detachNic(world, nic, { ...row, state: "stopped" }, at);
    else removeNic(world, nic, at);
  servers(world).remove(row.id, at);
}

export function freeLocalVolume(world: World, id: string, at: number): void {
  const volume = localVolumes(world).get(id);
  if (volume) localVolumes(world).put({ ...volume, serverId: null, modifiedAt: at }, at);
}

/** A dynamic IPv4 comes with running, unless an IPv4 is attached. */
export function dynamicIpOf(world: World, row: ServerRow): ServerRow["dynamicIp"] {
  if (!row.dynamicIpRequired || row.ipIds.some((id) => ips(world).get(id)?.family === "inet")) return null;
  return row.dynamicIp ?? { id: world.random.uuid(), address: takeIpv4(world) };
}

function step(change: (world: World, row: ServerRow, at: number) => void): Steps[string] {
  return (world, id, at, epoch) => {
    const row = servers(world).get(id);
    if (row?.epoch === epoch) change(world, row, at);
  };
}

/** A change that a caller asked for: whatever was planned before is off. */
function ask(
  world: World,
  row: ServerRow,
  state: ServerState,
  detail: string,
  at: number,
  more: Partial<ServerRow> = {},
): ServerRow {
  return become(world, { ...row, epoch: row.epoch + 1 }, state, detail, at, more);
}

function become(
  world: World,
  row: ServerRow,
  state: ServerState,
  stateDetail: string,
  at: number,
  more: Partial<ServerRow> = {},
): ServerRow {
  return servers(world).put({ ...row, ...more, state, stateDetail, modifiedAt: at }, at);
}

function next(world: World, row: ServerRow, to: string, span: Span, from: number): void {
  plan(world, { step: `server:${to}`, id: row.id, epoch: row.epoch, from, span });
}
