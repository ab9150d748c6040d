import type { ChangeVolume } from "../api/change-volume.ts";
import { RequestProblem } from "../api/problem.ts";
import type { ResourceCommands, Where } from "../api/resource-commands.ts";
import type { Volume } from "../providers/resources/volumes.ts";
import { checked } from "./checked.ts";
import { findResource } from "./find-resource.ts";
import type { Ports } from "./ports.ts";
import { refusals } from "./resource-refusals.ts";

/** A change that is not answered may have been made: the same again finds it made, or goes on with it. */
const REPEAT = "ask again, what is done already is found";

/** Volumes that are there. What somebody attaches stays theirs: it is in nobody's footprint, so that nothing deletes it. */
export function volumeCommands(ports: Ports): Pick<ResourceCommands, "changeVolume"> {
  const { store } = ports;

  async function find(reference: string, query: Where) {
    const { zone, account, thing } = await findResource(ports, "volume", reference, query);
    return { zone, volume: thing, volumes: account.provider.volumes! };
  }

  const verbs: {
    [V in keyof ChangeVolume]: (reference: string, wanted: ChangeVolume[V]) => Promise<Volume>;
  } = {
    async resize(reference, { sizeGb, ...query }) {
      const { zone, volume, volumes } = await find(reference, query);
      return checked(() => volumes.resize(volume.id, sizeGb, zone), REPEAT);
    },

    async attach(reference, { instance }) {
      const row = await store.find(instance);
      if (!row)
        throw new RequestProblem("not_found", `no instance ${instance}; \`mayfly list\` shows what there is`);
      const { machine } = row.footprint;
      if (machine === undefined || row.desired === "gone")
        throw new RequestProblem(
          "refused",
          `instance ${row.name} is ${row.phase}, and has no machine to attach a volume to; nothing was done`,
        );
      const query = { account: row.account, zone: row.footprint.zone };
      const { zone, volume, volumes } = await find(reference, query);
      if (volume.machine !== undefined && volume.machine !== machine)
        throw refusals.inUse("volume", volume.name, `machine ${volume.machine}`);
      return checked(() => volumes.attach(volume.id, machine, zone), REPEAT);
    },

    async detach(reference, query) {
      const { zone, volume, volumes } = await find(reference, query);
      const holder = volume.machine === undefined ? undefined : await store.find(volume.machine);
      // Its root may carry no mark, and would be found by its id.
      if (holder?.footprint.volumes.some(({ id }) => id === volume.id) && holder.phase !== "deleted")
        throw new RequestProblem(
          "refused",
          `volume ${volume.name} belongs to instance ${holder.name} and goes with it; nothing was done`,
        );
      return checked(() => volumes.detach(volume.id, zone), REPEAT);
    },
  };

  return { changeVolume: (verb, reference, wanted) => verbs[verb](reference, wanted) };
}
