import { required } from "../../http/body.ts";
import { invalidArgument, notFound, preconditionFailed, wrongState } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { blockVolumes } from "../block/rows.ts";
import { attachBlockVolume, detachBlockVolume } from "../block/volume-states.ts";
import type { Catalog } from "../catalog.ts";
import { DURATIONS } from "../durations.ts";
import { found } from "../listed.ts";
import { localVolumes, servers } from "./rows.ts";
import type { AttachedVolume, ServerRow } from "./rows.ts";
import { freeLocalVolume } from "./server-states.ts";
import { viewServer } from "./server-view.ts";

const SERVER = "/instance/v1/zones/{zone}/servers/{id}";

export function attachVolumeRoutes(catalog: Catalog): Route[] {
  const route = (operation: string, path: string, change: typeof attachVolume): Route => ({
    operation,
    method: "POST",
    path: `${SERVER}/${path}`,
    handle(call) {
      const id = call.params.id ?? "";
      found(call, servers(call.world), { resource: "instance_server", id });
      const row = change(call, id, required(call.body(), "volume_id"));
      return json(200, { server: viewServer(call.world, catalog, row) });
    },
  });
  return [
    route("attachServerVolume", "attach-volume", attachVolume),
    route("detachServerVolume", "detach-volume", detachVolume),
  ];
}

/** Puts a free volume of the zone into the server's next slot. */
export function attachVolume(call: Call, serverId: string, volumeId: string): ServerRow {
  const { world, now } = call;
  const row = serverOf(call, serverId);
  const block = blockVolumes(world).get(volumeId);
  const local = localVolumes(world).get(volumeId);
  if ((block ?? local)?.zone !== row.zone) throw notFound("instance_volume", volumeId);
  if (block?.reference || local?.serverId)
    throw preconditionFailed(
      412,
      "resource_still_in_use",
      `Volume ${volumeId} is already attached to a server`,
    );
  if (local) checkStopped(row);
  if (block) attachBlockVolume(world, block, serverId, now);
  if (local) localVolumes(world).put({ ...local, serverId, modifiedAt: now }, now);
  const volume: AttachedVolume = { id: volumeId, kind: local?.kind ?? "sbs_volume", boot: false, late: true };
  return servers(world).put(
    { ...row, volumes: { ...row.volumes, [freeSlot(row)]: volume }, modifiedAt: now },
    now,
  );
}

/** Takes a volume off; a block volume of a running server is free only later. */
export function detachVolume(call: Call, serverId: string, volumeId: string): ServerRow {
  const { world, now } = call;
  const row = serverOf(call, serverId);
  const slots = Object.entries(row.volumes);
  if (!slots.some(([, volume]) => volume.id === volumeId))
    throw invalidArgument("volume_id", "constraint", `Volume ${volumeId} is not attached to this server`);
  if (localVolumes(world).get(volumeId)) checkStopped(row);
  const slow = row.state === "running" ? DURATIONS.volumeDetachRunning : DURATIONS.volumeDetach;
  detachBlockVolume(world, volumeId, now, slow);
  freeLocalVolume(world, volumeId, now);
  const volumes = Object.fromEntries(slots.filter(([, volume]) => volume.id !== volumeId));
  return servers(world).put({ ...row, volumes, modifiedAt: now }, now);
}

/** Local volumes lie in the machine's own host. */
function checkStopped(row: ServerRow): void {
  if (row.state !== "stopped") throw wrongState("server should be stopped");
}

function serverOf(call: Call, id: string): ServerRow {
  return found(call, servers(call.world), { resource: "instance_server", id });
}

function freeSlot(row: ServerRow): string {
  let slot = 0;
  while (String(slot) in row.volumes) slot++;
  return String(slot);
}
