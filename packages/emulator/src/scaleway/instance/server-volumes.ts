import type { World } from "../../world.ts";
import { blockVolumes } from "../block/rows.ts";
import { attachBlockVolume, createBlockVolume } from "../block/volume-states.ts";
import type { VolumePlan } from "./plan-volumes.ts";
import { localVolumes } from "./rows.ts";
import type { AttachedVolume, LocalVolumeRow } from "./rows.ts";

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
      const { name, size, tags, iops, content } = plan;
      const from = { parentSnapshotId: content?.snapshotId ?? null, borrowed: content?.borrowed ?? false };
      const made = { name, size, zone, projectId, tags, iops, ...from };
      return { id: createBlockVolume(world, made, at, serverId).id, kind: "sbs_volume", boot: plan.boot };
    }
    case "l_ssd":
    case "scratch": {
      const { name, size, kind, tags } = plan;
      const made = { name, size, kind, zone, projectId, tags, serverId };
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
