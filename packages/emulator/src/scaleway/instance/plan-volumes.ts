import { flag, integer, record, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { blockVolumes } from "../block/rows.ts";
import { checkBlockSize, iopsOf } from "../block/volume-limits.ts";
import type { Catalog } from "../catalog.ts";
import type { ServerTypeSeed } from "../seed/server-type-seed.ts";
import { snapshotContent } from "./boot-image.ts";
import type { BootImage, VolumeContent } from "./boot-image.ts";
import { LOCAL_IMAGE_BYTES } from "./image-view.ts";
import { localVolumes } from "./rows.ts";

/** What a new or changed server wants in one slot. */
export type VolumePlan =
  | { slot: string; boot: boolean; kind: "existing block" | "existing local"; id: string }
  | {
      slot: string;
      boot: boolean;
      kind: "sbs_volume" | "l_ssd" | "scratch";
      name: string;
      size: number;
      content: VolumeContent | null;
      tags: string[];
      iops: number;
    };

interface Frame {
  world: World;
  catalog: Catalog;
  zone: string;
  serverName: string;
  type: ServerTypeSeed;
  image: BootImage | undefined;
}

const SBS_BYTES = 10_000_000_000;

/** Checks the `volumes` of a create against the type and the image, before anything is made. */
export function planVolumes(frame: Frame, body: Body): VolumePlan[] {
  const given = record(body, "volumes") ?? {};
  const slots = new Set([...Object.keys(frame.image?.contents ?? {}), ...Object.keys(given)]);
  if (!slots.has("0")) throw invalidArgument("image", "required");
  const plans = [...slots].sort().map((slot) => planVolume(frame, slot, record(given, slot) ?? {}));
  checkLocalSize(frame, plans);
  checkScratch(frame, plans);
  return plans;
}

function planVolume(frame: Frame, slot: string, wanted: Body): VolumePlan {
  const boot = flag(wanted, "boot", false);
  const id = text(wanted, "id");
  if (id) return { slot, boot, ...existing(frame, id) };
  const content = contentOf(frame, slot, wanted);
  const kind = kindOf(text(wanted, "volume_type") ?? content?.kind ?? "sbs_volume");
  if (content && content.kind !== kind)
    throw invalidArgument(
      "volumes",
      "constraint",
      `${content.kind} snapshot ${content.snapshotId} cannot be put on a ${kind} volume`,
    );
  const size =
    integer(wanted, "size") ?? content?.bytes ?? (kind === "sbs_volume" ? SBS_BYTES : LOCAL_IMAGE_BYTES);
  if (content && !content.borrowed && size < content.bytes)
    throw invalidArgument("size", "constraint", "must not be smaller than the snapshot");
  if (kind === "sbs_volume") checkBlockSize(size);
  else if (size < 1_000_000_000) throw invalidArgument("size", "constraint", "must be at least 1 GB");
  const name = text(wanted, "name") ?? defaultName(frame, slot, kind);
  return {
    slot,
    boot,
    kind,
    name,
    size,
    content: content ?? null,
    tags: texts(wanted, "tags") ?? [],
    iops: iopsOf(wanted),
  };
}

/** What the image has for the slot, or the snapshot that the request names. */
function contentOf(frame: Frame, slot: string, wanted: Body): VolumeContent | undefined {
  const snapshot = text(wanted, "base_snapshot");
  if (frame.image?.contents[slot]) return frame.image.contents[slot];
  return snapshot ? snapshotContent(frame.world, frame.catalog, frame.zone, snapshot) : undefined;
}

/** A volume that exists must be free, and in the zone. */
function existing(frame: Frame, id: string): { kind: "existing block" | "existing local"; id: string } {
  const block = blockVolumes(frame.world).get(id);
  const local = localVolumes(frame.world).get(id);
  const row = block ?? local;
  if (!row || row.zone !== frame.zone) throw notFound("instance_volume", id);
  if (block?.reference || local?.serverId)
    throw preconditionFailed(412, "resource_still_in_use", `Volume ${id} is already attached to a server`);
  return { kind: block ? "existing block" : "existing local", id };
}

function kindOf(name: string): "sbs_volume" | "l_ssd" | "scratch" {
  if (name === "sbs_volume" || name === "l_ssd" || name === "scratch") return name;
  throw invalidArgument("volume_type", "constraint", "not a valid value");
}

function defaultName({ image, serverName }: Frame, slot: string, kind: string): string {
  if (kind === "sbs_volume") return `${image?.name ?? serverName}_sbs_volume_${slot}`;
  return slot === "0" && image ? image.name : `${serverName}-${slot}`;
}

function checkLocalSize({ type, world }: Frame, plans: VolumePlan[]): void {
  const total = plans.reduce((sum, plan) => sum + localBytes(world, plan), 0);
  const most = (type.localGb ?? 0) * 1e9;
  if (total > most)
    throw invalidArgument(
      "volumes",
      "constraint",
      `The total size of local-volume(s) must be equal or lower than ${most / 1e9}GB`,
    );
}

function checkScratch({ type, world }: Frame, plans: VolumePlan[]): void {
  const [mostGb, mostVolumes] = type.scratch ?? [0, 0];
  const sizes = plans.flatMap((plan) => {
    const row = plan.kind === "existing local" ? localVolumes(world).get(plan.id) : undefined;
    if (plan.kind === "scratch") return [plan.size];
    return row?.kind === "scratch" ? [row.size] : [];
  });
  if (sizes.length > mostVolumes || sizes.reduce((sum, size) => sum + size, 0) > mostGb * 1e9)
    throw invalidArgument(
      "volumes",
      "constraint",
      `${type.name} takes at most ${mostVolumes} scratch volumes of ${mostGb}GB in total`,
    );
}

function localBytes(world: World, plan: VolumePlan): number {
  if (plan.kind === "l_ssd") return plan.size;
  const row = plan.kind === "existing local" ? localVolumes(world).get(plan.id) : undefined;
  return row?.kind === "l_ssd" ? row.size : 0;
}
