import type { Volumes } from "../resources/volumes.ts";
import { awaitVolume, isSettled } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { underSignal } from "./clients.ts";
import { createEnsure } from "./ensure.ts";
import { createLook } from "./look.ts";
import { attempt } from "./provider-error.ts";
import { createRecentlyMade } from "./recently-made.ts";
import { Refused } from "../refused.ts";
import { snapshotKind } from "./snapshot-kind.ts";
import { createTurns } from "./turns.ts";

/** A snapshot outlives its volume, and nothing of ours deletes it. */
export function createSnapshots(account: Clients): Volumes["snapshot"] {
  const memory = { recent: createRecentlyMade(account.clock), inTurn: createTurns() };
  return (volumeId, name, zone, by) =>
    attempt(`make snapshot ${name} of volume ${volumeId} on scaleway ${zone}`, async () => {
      const clients = underSignal(account, by.signal);
      if ((await awaitVolume(clients, { id: volumeId, zone }, isSettled)) === undefined)
        throw new Refused(`there is no volume ${volumeId} in ${zone}`);
      const kind = snapshotKind(volumeId);
      const ensure = createEnsure(kind, createLook(kind, memory.recent), memory);
      return (await ensure(clients, { name, zone }, by)).id;
    });
}
