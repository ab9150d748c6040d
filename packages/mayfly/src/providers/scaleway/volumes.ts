import type { Volumes } from "../resources/volumes.ts";
import { attachVolume } from "./attach-volume.ts";
import type { Clients } from "./clients.ts";
import { underSignal } from "./clients.ts";
import { detachVolume } from "./detach-volume.ts";
import { createNamed } from "./named.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "../refused.ts";
import { resizeVolume } from "./resize-volume.ts";
import { createSnapshots } from "./snapshots.ts";
import { toVolume } from "./volume.ts";
import { volumeKind } from "./volume-kind.ts";

/** Block volumes (SBS): https://www.scaleway.com/en/developers/api/block */
export function createVolumes(account: Clients): Volumes {
  const { placeOf, list, find, ensure, delete: remove } = createNamed(account, volumeKind);
  /** One change: what it was is the beginning of every failure's message. */
  const run = <Result>(
    what: string,
    options: { signal?: AbortSignal },
    work: (clients: Clients) => Promise<Result>,
  ) => attempt(what, () => work(underSignal(account, options.signal)));
  const on = (id: string, zone: string) => `${id} on scaleway ${zone}`;

  return {
    placeOf,
    list,
    find,
    ensure,
    delete: remove,

    attach: (id, machineId, zone, options = {}) =>
      run(`attach volume ${id} to ${on(machineId, zone)}`, options, (clients) =>
        attachVolume(clients, { id, zone }, machineId),
      ),

    detach: (id, zone, options = {}) =>
      run(`detach volume ${on(id, zone)}`, options, async (clients) => {
        const volume = await detachVolume(clients, { id, zone });
        if (volume === undefined) throw new Refused(`there is no volume ${id} in ${zone}`);
        return toVolume(volume);
      }),

    resize: (id, sizeGb, zone, options = {}) =>
      run(`resize volume ${on(id, zone)} to ${sizeGb} GB`, options, (clients) =>
        resizeVolume(clients, { id, zone }, sizeGb),
      ),

    snapshot: createSnapshots(account),
  };
}
