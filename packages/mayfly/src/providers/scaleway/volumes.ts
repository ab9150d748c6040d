import type { Volumes } from "../resources/volumes.ts";
import { attachVolume } from "./attach-volume.ts";
import { lookAtVolume } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { underSignal } from "./clients.ts";
import { deleteVolume } from "./delete-volume.ts";
import { detachVolume } from "./detach-volume.ts";
import { ensureVolume } from "./ensure-volume.ts";
import { listVolumes, livesByItself } from "./list-volumes.ts";
import { oneOfName } from "./one-of-name.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "./refused.ts";
import { resizeVolume } from "./resize-volume.ts";
import { snapshotVolume } from "./snapshot-volume.ts";
import { isUuid } from "./uuid.ts";
import { toVolume } from "./volume.ts";

/** Block volumes (SBS): https://www.scaleway.com/en/developers/api/block */
export function createVolumes(account: Clients): Volumes {
  /** One change or question: what it was is the beginning of every failure's message. */
  const run = <Result>(
    what: string,
    options: { signal?: AbortSignal },
    work: (clients: Clients) => Promise<Result>,
  ) => attempt(what, () => work(underSignal(account, options.signal)));
  const on = (id: string, zone: string) => `${id} on scaleway ${zone}`;

  return {
    placeOf: (zone) => zone,

    list: (zone, options = {}) =>
      run(`list volumes of scaleway ${zone}`, options, async (clients) =>
        (await listVolumes(clients, zone)).map(toVolume),
      ),

    find: (reference, zone, options = {}) =>
      run(`find volume ${on(reference, zone)}`, options, async (clients) => {
        if (isUuid(reference)) {
          const volume = await lookAtVolume(clients, { id: reference.toLowerCase(), zone });
          const isOfProject = volume?.projectId === account.read.projectId;
          if (volume !== undefined && isOfProject && livesByItself(volume)) return toVolume(volume);
        }
        return oneOfName((await listVolumes(clients, zone, reference)).map(toVolume))?.meant;
      }),

    ensure: (wanted, by) => ensureVolume(underSignal(account, by.signal), wanted, by),

    delete: (id, zone, options = {}) =>
      run(`delete volume ${on(id, zone)}`, options, (clients) => deleteVolume(clients, { id, zone })),

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

    snapshot: (id, name, zone, by) => snapshotVolume(underSignal(account, by.signal), { id, zone }, name, by),
  };
}
