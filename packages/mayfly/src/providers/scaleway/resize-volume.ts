import { ProviderError } from "../error.ts";
import type { Volume } from "../resources/volumes.ts";
import { awaitVolume, isSettled } from "./await-volume.ts";
import type { VolumeAt } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { Refused } from "../refused.ts";
import { toVolume } from "./volume.ts";

export async function resizeVolume(clients: Clients, at: VolumeAt, sizeGb: number): Promise<Volume> {
  const { id: volumeId, zone } = at;
  const size = Math.round(sizeGb * 1e9);

  // 1. an earlier attempt may be under way
  const before = await awaitVolume(clients, at, isSettled);
  if (before === undefined) throw new Refused(`there is no volume ${volumeId} in ${zone}`);
  if (size < before.size)
    throw new Refused(
      `volume ${volumeId} has ${before.size / 1e9} GB and can't become smaller`,
      "make another one and copy what is on it",
    );

  // 2. larger
  if (size > before.size) await clients.create.block.updateVolume({ volumeId, zone, size });
  const after = await awaitVolume(clients, at, (volume) => isSettled(volume) && volume.size === size);
  if (after === undefined) throw new ProviderError("conflict", `volume ${volumeId} was deleted meanwhile`);
  return toVolume(after);
}
