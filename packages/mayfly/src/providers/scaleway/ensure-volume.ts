import { ProviderError } from "../error.ts";
import type { MadeBy } from "../resources/resources.ts";
import type { Volume, WantedVolume } from "../resources/volumes.ts";
import { awaitVolume, isSettled } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { dropVolume } from "./drop-volume.ts";
import { ensureNamed } from "./ensure-named.ts";
import { expectLasting } from "./expect-lasting.ts";
import { lastingTags } from "./lasting-tags.ts";
import { listVolumes } from "./list-volumes.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "./refused.ts";
import { sharedTags } from "./shared-mark.ts";
import { toVolume } from "./volume.ts";
import { volumeTwin } from "./volume-twin.ts";

export async function ensureVolume(clients: Clients, wanted: WantedVolume, by: MadeBy): Promise<Volume> {
  const { name, zone, sizeGb, iops = 5_000 } = wanted;
  const what = `make volume ${name} on scaleway ${zone}`;
  const { create, clock } = clients;
  const { id } = await ensureNamed(
    {
      what,
      look: async () => (await listVolumes(clients, zone, name)).map(volumeTwin),
      make: async () => {
        const made = await create.block.createVolume({
          zone,
          name,
          projectId: create.projectId,
          perfIops: iops,
          fromEmpty: { size: Math.round(sizeGb * 1e9) },
          tags: sharedTags(by),
        });
        return volumeTwin(made);
      },
      remove: (twin) => dropVolume(clients, { id: twin.id, zone }),
    },
    by,
    clock,
  );
  return attempt(what, async () => {
    const volume = await awaitVolume(clients, { id, zone }, isSettled);
    if (volume === undefined) throw new ProviderError("conflict", `volume ${id} was deleted meanwhile`);
    const found = asWanted(toVolume(volume), wanted);
    expectLasting(found, by);
    if (by.onDemand || !found.onDemand) return found;
    // Now somebody wants it by itself.
    const tags = lastingTags(volume.tags, by.owner);
    return toVolume(await create.block.updateVolume({ volumeId: id, zone, tags }));
  });
}

function asWanted(volume: Volume, { sizeGb, iops }: WantedVolume): Volume {
  const { id } = volume;
  if (volume.sizeGb !== sizeGb)
    throw new Refused(
      `volume ${id} is there and has ${volume.sizeGb} GB, not ${sizeGb}`,
      sizeGb > volume.sizeGb ? "resize it" : "a resize can't make it smaller: take another name",
    );
  if (iops !== undefined && volume.iops !== iops)
    throw new Refused(
      `volume ${id} is there and has ${volume.iops} iops, not ${iops}`,
      "delete it, or take another name",
    );
  return volume;
}
