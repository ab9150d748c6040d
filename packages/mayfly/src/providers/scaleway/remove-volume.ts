import { waitUntilGone } from "@mayfly/scaleway";
import { awaitVolume } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { detachVolume, isLoose } from "./detach-volume.ts";
import { orAbsent } from "./or-absent.ts";

/** Takes it off its machine, and resolves when the cloud no longer has it. */
export async function removeVolume(
  clients: Clients,
  { id, place: zone }: { id: string; place: string },
): Promise<void> {
  // 1. nothing has it
  await detachVolume(clients, { id, zone });
  await awaitVolume(clients, { id, zone }, isLoose);

  // 2. gone
  await orAbsent(() => clients.delete.block.deleteVolume({ volumeId: id, zone }));
  const { clock, read, signal } = clients;
  await waitUntilGone(() => read.block.getVolume({ volumeId: id, zone }), {
    clock,
    signal,
    what: `volume ${id} to be gone`,
    timeoutMs: 120_000,
    everyMs: 2_000,
  });
}
