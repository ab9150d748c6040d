import type { Blockv1 } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { Volume, WantedVolume } from "../resources/volumes.ts";
import { awaitVolume, isSettled, lookAtVolume } from "./await-volume.ts";
import { expectLasting } from "./expect-lasting.ts";
import type { Found, Kind, Twin } from "./kind.ts";
import { lastingTags } from "./lasting-tags.ts";
import { listVolumes, livesByItself } from "./list-volumes.ts";
import { Refused } from "../refused.ts";
import { removeVolume } from "./remove-volume.ts";
import { sharedTags } from "./shared-mark.ts";
import { holderOf, toVolume } from "./volume.ts";

export const volumeKind: Kind<Volume, WantedVolume, FoundVolume> = {
  noun: "volume",
  placeOf: (zone) => zone,
  checked: (wanted) => wanted,
  list: async (clients, zone) => (await listVolumes(clients, zone)).map(toVolume),
  named: async (clients, name, zone) => (await listVolumes(clients, zone, name)).map(toTwin),

  async get(clients, id, zone) {
    const volume = await lookAtVolume(clients, { id, zone });
    return volume && toFound(volume);
  },

  async settle(clients, found, wanted, by) {
    const { id, place: zone } = found.thing;
    const { volume } = isSettled(found.volume)
      ? found
      : { volume: await awaitVolume(clients, { id, zone }, isSettled) };
    if (volume === undefined) throw new ProviderError("conflict", `volume ${id} was deleted meanwhile`);
    const thing = toVolume(volume);
    expectWanted(thing, wanted);
    expectLasting(thing, by);
    if (by.onDemand || !thing.onDemand) return thing;
    // Now somebody wants it by itself.
    by.fence?.();
    const tags = lastingTags(volume.tags, by.owner);
    return toVolume(await clients.create.block.updateVolume({ volumeId: id, zone, tags }));
  },

  order:
    async ({ create }, { name, zone, sizeGb, iops = 5_000 }, by) =>
    async () => {
      const { id } = await create.block.createVolume({
        zone,
        name,
        projectId: create.projectId,
        perfIops: iops,
        fromEmpty: { size: Math.round(sizeGb * 1e9) },
        tags: sharedTags(by),
      });
      return id;
    },

  discard: (clients, volumeId, zone) => clients.delete.block.deleteVolume({ volumeId, zone }),
  remove: removeVolume,
  // Which one is meant is asked anew for each machine.
  doubleRestsMs: 0,
};

interface FoundVolume extends Found<Volume> {
  volume: Blockv1.Volume;
}

const toFound = (volume: Blockv1.Volume): FoundVolume => ({
  thing: toVolume(volume),
  projectId: volume.projectId,
  isHidden: !livesByItself(volume),
  volume,
});

/** One that a machine ever let go of may hold what somebody wrote: it is no spare. */
function toTwin(volume: Blockv1.Volume): Twin {
  const { status, lastDetachedAt } = volume;
  const isUnused = lastDetachedAt === undefined && holderOf(volume) === undefined;
  const canGo = status === "creating" || status === "available" || status === "error";
  return { ...toVolume(volume), isSpare: isUnused && canGo };
}

function expectWanted({ id, ...is }: Volume, { sizeGb, iops }: WantedVolume): void {
  if (is.sizeGb !== sizeGb)
    throw new Refused(
      `volume ${id} is there and has ${is.sizeGb} GB, not ${sizeGb}`,
      sizeGb > is.sizeGb ? "resize it" : "a resize can't make it smaller: take another name",
    );
  if (iops !== undefined && is.iops !== iops)
    throw new Refused(
      `volume ${id} is there and has ${is.iops} iops, not ${iops}`,
      "delete it, or take another name",
    );
}
