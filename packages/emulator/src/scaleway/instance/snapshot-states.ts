import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { exportToBucket } from "../object/export-to-bucket.ts";
import { localVolumes, servers } from "./rows.ts";
import type { LocalVolumeRow } from "./rows.ts";
import { snapshots } from "./snapshot-rows.ts";
import type { SnapshotRow } from "./snapshot-rows.ts";

/** What time does to local snapshots. */
export const snapshotSteps: Steps = {
  "snapshot:available": (world, id, at) => {
    const row = snapshots(world).get(id);
    if (!row) return;
    snapshots(world).put({ ...row, state: "available", modifiedAt: at }, at);
    const volume = row.state === "snapshotting" && localVolumes(world).get(row.baseVolume?.id ?? "");
    if (volume) localVolumes(world).put({ ...volume, modifiedAt: at }, at);
  },
};

type Given = Pick<SnapshotRow, "name" | "zone" | "tags" | "projectId">;

/** A snapshot of a volume: there at once, unless a machine writes to the volume meanwhile. */
export function snapshotVolume(world: World, given: Given, volume: LocalVolumeRow, at: number): SnapshotRow {
  const server = volume.serverId === null ? undefined : servers(world).get(volume.serverId);
  const busy = server !== undefined && server.state !== "stopped";
  const made = {
    size: volume.size,
    baseVolume: { id: volume.id, name: volume.name },
    state: busy ? "snapshotting" : "available",
  } as const;
  return add(world, given, made, { at, span: DURATIONS.localSnapshot });
}

/** A snapshot from an object in a bucket. */
export function importSnapshot(world: World, given: Given, size: number, at: number): SnapshotRow {
  const made = { size, baseVolume: null, state: "importing" } as const;
  return add(world, given, made, { at, span: DURATIONS.localSnapshotImport });
}

export function exportSnapshot(
  world: World,
  row: SnapshotRow,
  to: { bucket: string; key: string },
  at: number,
): void {
  exportToBucket(world, { ...to, size: row.size, from: at, span: DURATIONS.localSnapshotExport });
  snapshots(world).put({ ...row, state: "exporting", modifiedAt: at }, at);
  later(world, row.id, { at, span: DURATIONS.localSnapshotExport });
}

function add(
  world: World,
  given: Given,
  made: Pick<SnapshotRow, "size" | "baseVolume" | "state">,
  due: { at: number; span: Span },
): SnapshotRow {
  const row = { ...given, ...made, id: world.random.uuid(), createdAt: due.at, modifiedAt: due.at };
  if (row.state !== "available") later(world, row.id, due);
  return snapshots(world).put(row, due.at);
}

function later(world: World, id: string, due: { at: number; span: Span }): void {
  plan(world, { step: "snapshot:available", id, epoch: 0, from: due.at, span: due.span });
}
