import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { servers } from "../instance/rows.ts";
import { blockSnapshots, blockVolumes } from "./rows.ts";
import type { BlockSnapshotRow, BlockVolumeRow } from "./rows.ts";

/** What time does to snapshots. */
export const snapshotSteps: Steps = {
  "blockSnapshot:available": (world, id, at) => {
    const row = blockSnapshots(world).get(id);
    if (!row) return;
    put(world, row, { status: "available", copying: null }, at);
    const volume = row.status === "creating" && blockVolumes(world).get(row.volumeId ?? "");
    if (volume) blockVolumes(world).put({ ...volume, borrowed: false, modifiedAt: at }, at);
  },
};

type Given = Pick<BlockSnapshotRow, "name" | "tags" | "projectId" | "public">;

/** A snapshot of a volume; the first one after a public image has to copy the image's data, once a machine has it. */
export function createBlockSnapshot(
  world: World,
  given: Given,
  volume: BlockVolumeRow,
  at: number,
): BlockSnapshotRow {
  const made = { zone: volume.zone, size: volume.size, volumeId: volume.id };
  const holder = servers(world).get(volume.reference?.serverId ?? "");
  const isUntouched = !holder || holder.state === "stopped";
  if (!volume.borrowed || isUntouched)
    return add(world, { ...given, ...made, copying: null }, DURATIONS.snapshotCreate, at);
  const copying = { id: world.random.uuid(), createdAt: at };
  return add(world, { ...given, ...made, copying }, DURATIONS.snapshotCopy, at);
}

/** A snapshot from an object in a bucket. */
export function importBlockSnapshot(
  world: World,
  given: Given & Pick<BlockSnapshotRow, "zone" | "size">,
  at: number,
): BlockSnapshotRow {
  return add(world, { ...given, volumeId: null, copying: null }, DURATIONS.snapshotImport, at);
}

export function exportBlockSnapshot(world: World, row: BlockSnapshotRow, at: number): BlockSnapshotRow {
  later(world, row.id, DURATIONS.snapshotExport, at);
  return put(world, row, { status: "exporting" }, at);
}

/** The image holds the snapshot from now on; holding it twice is the same. */
export function linkSnapshot(world: World, id: string, imageId: string, at: number): void {
  const row = blockSnapshots(world).get(id);
  if (!row || row.links.some((link) => link.imageId === imageId)) return;
  const link = { id: world.random.uuid(), imageId, createdAt: at };
  put(world, row, { links: [...row.links, link] }, at);
}

export function unlinkSnapshot(world: World, id: string, imageId: string, at: number): void {
  const row = blockSnapshots(world).get(id);
  if (row) put(world, row, { links: row.links.filter((link) => link.imageId !== imageId) }, at);
}

function add(
  world: World,
  made: Omit<BlockSnapshotRow, "id" | "createdAt" | "modifiedAt" | "status" | "links">,
  span: Span,
  at: number,
): BlockSnapshotRow {
  const id = world.random.uuid();
  later(world, id, span, at);
  const row: BlockSnapshotRow = { ...made, id, createdAt: at, modifiedAt: at, status: "creating", links: [] };
  return blockSnapshots(world).put(row, at);
}

function later(world: World, id: string, span: Span, at: number): void {
  plan(world, { step: "blockSnapshot:available", id, epoch: 0, from: at, span });
}

function put(
  world: World,
  row: BlockSnapshotRow,
  change: Partial<BlockSnapshotRow>,
  at: number,
): BlockSnapshotRow {
  return blockSnapshots(world).put({ ...row, ...change, modifiedAt: at }, at);
}
