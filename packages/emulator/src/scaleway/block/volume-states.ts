import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { DURATIONS } from "../durations.ts";
import { blockVolumes } from "./rows.ts";
import type { BlockVolumeRow, Reference } from "./rows.ts";

/** What time does to volumes. */
export const volumeSteps: Steps = {
  "blockVolume:available": (world, id, at, epoch) => change(world, id, epoch, at, { status: "available" }),
  "blockVolume:attached": (world, id, at, epoch) => {
    const reference = blockVolumes(world).get(id)?.reference;
    if (reference) change(world, id, epoch, at, { reference: { ...reference, status: "attached" } });
  },
  "blockVolume:detached": (world, id, at, epoch) =>
    change(world, id, epoch, at, { status: "available", reference: null, lastDetachedAt: at }),
  "blockVolume:updated": (world, id, at, epoch) => {
    const volume = blockVolumes(world).get(id);
    const status = volume?.reference ? "in_use" : "available";
    change(world, id, epoch, at, { status, ...volume?.next, next: null });
  },
};

export type NewBlockVolume = Pick<BlockVolumeRow, "name" | "zone" | "tags" | "projectId" | "size" | "iops"> &
  Partial<Pick<BlockVolumeRow, "parentSnapshotId" | "borrowed">>;

/** A new volume: free after a moment, or in use at once when a server takes it. */
export function createBlockVolume(
  world: World,
  given: NewBlockVolume,
  at: number,
  serverId?: string,
): BlockVolumeRow {
  const row: BlockVolumeRow = {
    parentSnapshotId: null,
    ...given,
    id: world.random.uuid(),
    createdAt: at,
    modifiedAt: at,
    status: "creating",
    epoch: 0,
    next: null,
    reference: null,
    lastDetachedAt: null,
  };
  blockVolumes(world).put(row, at);
  if (serverId) attachBlockVolume(world, row, serverId, at);
  else later(world, row, "available", DURATIONS.volumeCreate, at);
  return row;
}

export function attachBlockVolume(world: World, volume: BlockVolumeRow, serverId: string, at: number): void {
  const reference: Reference = { id: world.random.uuid(), serverId, createdAt: at, status: "attaching" };
  const row = replace(world, volume, { status: "in_use", reference }, at);
  later(world, row, "attached", DURATIONS.volumeAttach, at);
}

/** Starts the detaching: the volume is free only at its end. */
export function detachBlockVolume(
  world: World,
  id: string,
  at: number,
  span: Span = DURATIONS.volumeDetach,
): void {
  const volume = blockVolumes(world).get(id);
  if (!volume?.reference) return;
  const row = replace(world, volume, { reference: { ...volume.reference, status: "detaching" } }, at);
  later(world, row, "detached", span, at);
}

/** A change waits for an attaching to be over. */
export function settleBlockVolume(world: World, volume: BlockVolumeRow, at: number): BlockVolumeRow {
  const { reference } = volume;
  if (reference?.status !== "attaching") return volume;
  return replace(world, volume, { reference: { ...reference, status: "attached" } }, at);
}

/** Accepts a new size or speed. */
export function updateBlockVolume(
  world: World,
  volume: BlockVolumeRow,
  next: { size: number; iops: number },
  at: number,
): BlockVolumeRow {
  const row = replace(world, volume, { status: "updating", next }, at);
  later(world, row, "updated", DURATIONS.volumeUpdate, at);
  return row;
}

export function volumeType(volume: Pick<BlockVolumeRow, "iops">): "sbs_5k" | "sbs_15k" {
  return volume.iops >= 15_000 ? "sbs_15k" : "sbs_5k";
}

function later(world: World, row: BlockVolumeRow, to: string, span: Span, at: number): void {
  plan(world, { step: `blockVolume:${to}`, id: row.id, epoch: row.epoch, from: at, span });
}

function replace(
  world: World,
  volume: BlockVolumeRow,
  with_: Partial<BlockVolumeRow>,
  at: number,
): BlockVolumeRow {
  return blockVolumes(world).put({ ...volume, ...with_, epoch: volume.epoch + 1, modifiedAt: at }, at);
}

function change(world: World, id: string, epoch: number, at: number, with_: Partial<BlockVolumeRow>): void {
  const volume = blockVolumes(world).get(id);
  if (volume?.epoch === epoch) blockVolumes(world).put({ ...volume, ...with_, modifiedAt: at }, at);
}
