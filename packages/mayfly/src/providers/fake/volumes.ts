import { ProviderError } from "../error.ts";
import type { Volume, Volumes, WantedVolume } from "../resources/volumes.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import { fakeNamed } from "./named.ts";

const IOPS = 5_000;

export function fakeVolumes(cloud: FakeCloud): Volumes {
  const named = fakeNamed<"volume", WantedVolume>(cloud, {
    kind: "volume",
    placeOf: (zone) => zone,
    make: ({ sizeGb, iops = IOPS }, id) => ({
      sizeGb,
      iops,
      state: "ready",
      devicePath: `/dev/disk/by-id/${id}`,
    }),
    differs(volume, { sizeGb, iops = IOPS }) {
      if (volume.sizeGb !== sizeGb) return `it is there with ${volume.sizeGb} GB, not ${sizeGb} GB`;
      return volume.iops === iops ? undefined : `it is there with ${volume.iops} IOPS, not ${iops}`;
    },
    // A machine that is gone holds nothing.
    look: async ({ machine, ...volume }) =>
      machine !== undefined && (await cloud.getMachine(machine))
        ? { ...volume, machine }
        : { ...volume, state: "ready" },
  });

  async function known(what: string, id: string, zone: string, options?: { signal?: AbortSignal }) {
    const volume = (await named.list(zone, options)).find((one) => one.id === id);
    if (volume) return volume;
    throw new ProviderError("invalid_input", `${what} volume ${id} on fake ${zone}: it is not there`);
  }

  async function changed(volume: Volume, change: Partial<Volume>): Promise<Volume> {
    await cloud.changeNamed("volume", volume.id, change);
    return { ...volume, ...change };
  }

  return {
    ...named,
    async attach(id, machineId, zone, options) {
      const what = `attach volume ${id} to ${machineId} on fake`;
      const volume = await known("attach", id, zone, options);
      if (volume.machine === machineId) return volume;
      if (volume.machine !== undefined)
        throw new ProviderError("conflict", `${what}: ${volume.machine} holds it`);
      if (!(await cloud.getMachine(machineId)))
        throw new ProviderError("invalid_input", `${what}: there is no such machine`);
      return changed(volume, { machine: machineId, state: "attached" });
    },
    async detach(id, zone, options) {
      const volume = await known("detach", id, zone, options);
      return volume.machine === undefined ? volume : changed(volume, { machine: undefined, state: "ready" });
    },
    async resize(id, sizeGb, zone, options) {
      const volume = await known("resize", id, zone, options);
      if (volume.sizeGb === sizeGb) return volume;
      if (volume.sizeGb < sizeGb) return changed(volume, { sizeGb });
      throw new ProviderError(
        "invalid_input",
        `resize volume ${id} on fake: it has ${volume.sizeGb} GB already`,
      );
    },
    async snapshot(id, name, zone, { owner, signal }) {
      const volume = await known("snapshot", id, zone, signal && { signal });
      const found = (await cloud.listNamed("snapshot")).find(
        (one) => one.place === zone && one.name === name,
      );
      const snapshot = () => ({ name, place: volume.place, owner, onDemand: false });
      return (found ?? (await cloud.makeNamed("snapshot", snapshot))).id;
    },
  };
}
