import type { VolumeAt } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { orAbsent } from "./or-absent.ts";

/** One call; what is not there is as good. */
export async function dropVolume(clients: Clients, { id: volumeId, zone }: VolumeAt): Promise<void> {
  await orAbsent(() => clients.delete.block.deleteVolume({ volumeId, zone }));
}
