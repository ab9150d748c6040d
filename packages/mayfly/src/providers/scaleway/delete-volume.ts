import type { Blockv1 } from "@mayfly/scaleway";
import { waitUntilGone } from "@mayfly/scaleway";
import { awaitVolume, lookAtVolume } from "./await-volume.ts";
import type { VolumeAt } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { detachVolume, isLoose } from "./detach-volume.ts";
import { dropVolume } from "./drop-volume.ts";
import type { SpareTwin } from "./ensure-named.ts";
import { listVolumes, livesByItself } from "./list-volumes.ts";
import { oneOfName } from "./one-of-name.ts";
import { Refused } from "./refused.ts";
import { volumeTwin } from "./volume-twin.ts";

export async function deleteVolume(clients: Clients, at: VolumeAt): Promise<void> {
  const volume = await lookAtVolume(clients, at);
  if (volume === undefined) return;
  if (volume.projectId !== clients.read.projectId)
    throw new Refused(`volume ${at.id} belongs to another project`, "use a key of that project");

  // 1. while the one that is meant is there, the others of its name can still be told
  const twins = livesByItself(volume) ? await spareTwins(clients, volume) : [];
  for (const twin of twins) await dropVolume(clients, { id: twin.id, zone: at.zone });

  // 2. nothing has it
  await detachVolume(clients, at);
  await awaitVolume(clients, at, isLoose);

  // 3. gone
  await dropVolume(clients, at);
  const { clock, read, signal } = clients;
  await waitUntilGone(() => read.block.getVolume({ volumeId: at.id, zone: at.zone }), {
    clock,
    signal,
    what: `volume ${at.id} to be gone`,
    timeoutMs: 120_000,
    everyMs: 2_000,
  });
}

/** When one of several of its name is meant: the younger ones that are to spare. */
async function spareTwins(clients: Clients, volume: Blockv1.Volume): Promise<SpareTwin[]> {
  const { id, name, zone } = volume;
  const others = (await listVolumes(clients, zone, name)).filter((each) => each.id !== id);
  const twins = [volume, ...others].map(volumeTwin);
  const [{ owner } = {}] = twins;
  if (owner === undefined || twins.some((each) => each.owner !== owner)) return [];
  const { meant, younger } = oneOfName(twins)!;
  return meant.id === id ? younger.filter(({ isSpare }) => isSpare) : [];
}
