import type { Footprint, Instance } from "./instance.ts";
import { volumesMade } from "./metering.ts";
import type { Machine, Observed } from "./observed.ts";

/** The machine that is this instance's own: the one whose id is in the row, else the oldest marked for it. */
export function ownMachine(row: Instance, observed: Observed): Machine | undefined {
  const all = observed.machine?.all ?? [];
  const known = row.footprint.machine;
  if (known !== undefined) return all.find((machine) => machine.id === known);
  return [...all].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0];
}

/**
 * The row with the ids and addresses that a look at the cloud brought, or undefined when it brought nothing new.
 * A live instance takes them from its own machine when it had none before. One that is to be gone takes them from every
 * machine marked for it: nothing is terminated before what would survive it is in the row.
 */
export function absorb(row: Instance, observed: Observed): Instance | undefined {
  const own = ownMachine(row, observed);
  const sources = row.desired === "gone" ? (observed.machine?.all ?? []) : own ? [own] : [];
  let footprint = row.footprint;
  for (const machine of sources) {
    // Its parts went into the row together with its id: what hangs on it besides came later and is somebody else's.
    const adopted = machine.id !== row.footprint.machine || row.footprint.volumes.length === 0;
    if (adopted)
      footprint = mergeFootprint(footprint, {
        machine: footprint.machine ?? machine.id,
        ...partsOf(machine),
      });
  }
  const missingSince = own ? undefined : row.missingSince;
  // One that starts shows its addresses a little late; one that is stopped has let go of those that go.
  const shown = own !== undefined && (own.ips.length > 0 || own.state === "stopped");
  const ips = shown ? own.ips : row.ips;
  if (footprint === row.footprint && sameList(ips, row.ips) && missingSince === row.missingSince)
    return undefined;
  const absorbed = { ...row, footprint, ips, missingSince };
  return observed.machine ? volumesMade(absorbed, observed.machine.at) : absorbed;
}

const partsOf = ({ volumes, addresses, nics }: Machine) => ({ volumes, addresses, nics });

/** The footprint with what was made added; the same object when nothing is new. */
export function mergeFootprint(
  footprint: Footprint,
  made: Partial<Pick<Footprint, "machine" | "volumes" | "addresses" | "nics">>,
): Footprint {
  const volumes = added(footprint.volumes, made.volumes ?? [], (volume) => volume.id);
  const addresses = added(footprint.addresses, made.addresses ?? [], (id) => id);
  const nics = added(footprint.nics, made.nics ?? [], (id) => id);
  const machine = footprint.machine ?? made.machine;
  const same =
    machine === footprint.machine &&
    volumes === footprint.volumes &&
    addresses === footprint.addresses &&
    nics === footprint.nics;
  return same ? footprint : { ...footprint, machine, volumes, addresses, nics };
}

function added<T>(have: T[], more: T[], key: (item: T) => string): T[] {
  const known = new Set(have.map(key));
  const fresh = more.filter((item) => !known.has(key(item)));
  return fresh.length === 0 ? have : [...have, ...fresh];
}

const sameList = (a: string[], b: string[]) =>
  a.length === b.length && a.every((item, index) => item === b[index]);
