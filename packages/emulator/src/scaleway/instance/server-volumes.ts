import { flag, integer, record, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { blockVolumes } from "../block/rows.ts";
import { attachBlockVolume, createBlockVolume } from "../block/volume-states.ts";
import type { PublicImage } from "../seed/images.ts";
import type { ServerTypeSeed } from "../seed/server-type-seed.ts";
import { LOCAL_IMAGE_BYTES } from "./image-view.ts";
import { localVolumes } from "./rows.ts";
import type { AttachedVolume, LocalVolumeRow } from "./rows.ts";

/** What a new or changed server wants in one slot. */
export type VolumePlan =
  | { slot: string; boot: boolean; kind: "existing block" | "existing local"; id: string }
  | {
      slot: string;
      boot: boolean;
      kind: "sbs_volume" | "l_ssd" | "scratch";
      name: string;
      size: number;
      snapshotId: string | null;
    };

interface Frame {
  world: World;
  zone: string;
  serverName: string;
  type: ServerTypeSeed;
  image: PublicImage | undefined;
}

const SBS_BYTES = 10_000_000_000;

/** Checks the `volumes` of a create against the type and the image, before anything is made. */
export function planVolumes(frame: Frame, body: Body): VolumePlan[] {
  const given = record(body, "volumes") ?? {};
  const slots = new Set([...(frame.image ? ["0"] : []), ...Object.keys(given)]);
  if (!slots.has("0")) throw invalidArgument("image", "required");
  const plans = [...slots].sort().map((slot) => planVolume(frame, slot, record(given, slot) ?? {}));
  checkLocalSize(frame, plans);
  return plans;
}

function planVolume(frame: Frame, slot: string, wanted: Body): VolumePlan {
  const boot = flag(wanted, "boot", false);
  const id = text(wanted, "id");
  if (id) return { slot, boot, ...existing(frame, id) };
  const image = slot === "0" ? frame.image : undefined;
  const byDefault = image && image.type === "instance_local" ? "l_ssd" : "sbs_volume";
  const kind = kindOf(text(wanted, "volume_type") ?? byDefault);
  if (image && (image.type === "instance_local") !== (kind === "l_ssd"))
    throw invalidArgument(
      "volumes",
      "constraint",
      `the image ${image.name} (${image.type}) cannot be put on a ${kind} root volume`,
    );
  const size = integer(wanted, "size") ?? (kind === "sbs_volume" ? SBS_BYTES : LOCAL_IMAGE_BYTES);
  if (size < 1_000_000_000) throw invalidArgument("size", "constraint", "must be at least 1 GB");
  const name = text(wanted, "name") ?? defaultName(frame, slot, kind);
  return {
    slot,
    boot,
    kind,
    name,
    size,
    snapshotId: image?.snapshotId ?? text(wanted, "base_snapshot") ?? null,
  };
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

function localBytes(world: World, plan: VolumePlan): number {
  if (plan.kind === "l_ssd") return plan.size;
  return plan.kind === "existing local" ? (localVolumes(world).get(plan.id)?.size ?? 0) : 0;
}

/** Makes or attaches what was planned. */
export function carryOut(
  world: World,
  plans: VolumePlan[],
  owner: { serverId: string; projectId: string; zone: string; at: number },
): Record<string, AttachedVolume> {
  return Object.fromEntries(plans.map((plan) => [plan.slot, carryOutOne(world, plan, owner)]));
}

function carryOutOne(
  world: World,
  plan: VolumePlan,
  owner: { serverId: string; projectId: string; zone: string; at: number },
): AttachedVolume {
  const { serverId, projectId, zone, at } = owner;
  switch (plan.kind) {
    case "existing block": {
      const volume = blockVolumes(world).get(plan.id);
      if (volume) attachBlockVolume(world, volume, serverId, at);
      return { id: plan.id, kind: "sbs_volume", boot: plan.boot };
    }
    case "existing local": {
      const volume = localVolumes(world).get(plan.id);
      if (volume) localVolumes(world).put({ ...volume, serverId, modifiedAt: at }, at);
      return { id: plan.id, kind: volume?.kind ?? "l_ssd", boot: plan.boot };
    }
    case "sbs_volume": {
      const { name, size, snapshotId } = plan;
      const made = { name, size, zone, projectId, tags: [], iops: 5000, parentSnapshotId: snapshotId };
      return { id: createBlockVolume(world, made, at, serverId).id, kind: "sbs_volume", boot: plan.boot };
    }
    case "l_ssd":
    case "scratch": {
      const { name, size, kind } = plan;
      const made = { name, size, kind, zone, projectId, tags: [], serverId };
      return { id: createLocalVolume(world, made, at).id, kind, boot: plan.boot };
    }
    default:
      return plan satisfies never;
  }
}

export function createLocalVolume(
  world: World,
  given: Omit<LocalVolumeRow, "id" | "createdAt" | "modifiedAt">,
  at: number,
): LocalVolumeRow {
  return localVolumes(world).put({ ...given, id: world.random.uuid(), createdAt: at, modifiedAt: at }, at);
}
