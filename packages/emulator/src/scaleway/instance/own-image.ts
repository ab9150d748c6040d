import { record, required } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { notFound } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { blockSnapshots } from "../block/rows.ts";
import { linkSnapshot, unlinkSnapshot } from "../block/snapshot-states.ts";
import { images, volumesOf } from "./image-rows.ts";
import type { ImageRow, ImageVolume } from "./image-rows.ts";
import { snapshots } from "./snapshot-rows.ts";

/** The snapshot of that id, local or block, as an image holds it. */
export function imageVolume(world: World, zone: string, id: string): ImageVolume {
  if (snapshots(world).get(id)?.zone === zone) return { kind: "l_ssd", id };
  if (blockSnapshots(world).get(id)?.zone === zone) return { kind: "sbs_snapshot", id };
  throw notFound("instance_snapshot", id);
}

/** `extra_volumes` of a body: by slot, the id of a snapshot. */
export function extraVolumes(
  world: World,
  zone: string,
  body: Body,
): Record<string, ImageVolume> | undefined {
  const given = record(body, "extra_volumes");
  if (!given) return undefined;
  return Object.fromEntries(
    Object.keys(given).map((slot) => [
      slot,
      imageVolume(world, zone, required(record(given, slot) ?? {}, "id")),
    ]),
  );
}

/** Adds or replaces an image; the block snapshots in it learn who holds them. */
export function putImage(world: World, row: ImageRow, at: number): ImageRow {
  const before = images(world).get(row.id);
  const kept = blockIds(row);
  for (const id of before ? blockIds(before) : [])
    if (!kept.includes(id)) unlinkSnapshot(world, id, row.id, at);
  for (const id of kept) linkSnapshot(world, id, row.id, at);
  return images(world).put(row, at);
}

/** Its snapshots stay. */
export function removeImage(world: World, row: ImageRow, at: number): void {
  for (const id of blockIds(row)) unlinkSnapshot(world, id, row.id, at);
  images(world).remove(row.id, at);
}

function blockIds(row: ImageRow): string[] {
  return volumesOf(row)
    .filter(({ kind }) => kind === "sbs_snapshot")
    .map(({ id }) => id);
}
