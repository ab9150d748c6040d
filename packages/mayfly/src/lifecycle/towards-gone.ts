import { letGo, missedAgain, tooSoon } from "./absence.ts";
import type { Circumstances, Decision } from "./decision.ts";
import type { Footprint, Instance } from "./instance.ts";
import { allGone } from "./metering.ts";
import type { Observed, Part } from "./observed.ts";
import { settled } from "./phase.ts";

/** The next step of an instance that is to be gone, with all that was made for it. */
export function towardsGone(row: Instance, observed: Observed, at: Circumstances): Decision {
  const { footprint, launch } = row;
  const nothing =
    footprint.machine === undefined && footprint.volumes.length === 0 && footprint.addresses.length === 0;
  // 1. Nothing was ever made. Of volumes an attempt may know nothing that an earlier one made.
  if (nothing && !(launch && (launch.uncertain || makesVolumes(row)))) return gone(row, observed, at);

  // 2. Machines first: what they hold cannot be deleted.
  if (launch || footprint.machine !== undefined) {
    if (!observed.machine) return { kind: "watch", what: "machine" };
    const { all } = observed.machine;
    if (all.length > 0)
      return all.every((machine) => machine.state === "stopping")
        ? { kind: "watch", what: "machine" }
        : { kind: "delete" };
    if (observed.machine.byId === "unmarked") return letGo(row, observed.machine.at);
    if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };
    // Of an attempt that nobody heard of there is no id to ask for: one list without it proves little.
    if (launch?.uncertain && footprint.machine === undefined) {
      const again = missedAgain(row, observed.machine.at, at, ANOTHER_LOOK_MS);
      if (again !== true) return again;
    }
  }

  // 3. Then what survives them.
  for (const what of ["volume", "address"] as const) {
    if (!mayExist(row, what)) continue;
    const look = observed[what];
    if (!look) return { kind: "watch", what };
    // What another machine holds, of another instance or without our mark, is that machine's.
    const others = [row.letGo, ...(observed.machine?.holders ?? [])];
    const theirs = look.parts.filter(({ attachedTo }) => attachedTo && others.includes(attachedTo));
    const footprintOfOurs = without(footprint, theirs);
    if (footprintOfOurs !== footprint) return { kind: "write", row: { ...row, footprint: footprintOfOurs } };
    const ours = look.parts.filter((part) => !theirs.includes(part));
    if (ours.some((part) => part.idle)) return { kind: "delete" };
    // A machine that no list shows holds it: after a while that machine is asked for by its id.
    const holder = ours.find(({ attachedTo }) => attachedTo !== undefined)?.attachedTo;
    if (holder !== undefined && holder !== row.holder && Math.abs(at.now - row.actedAt) > CLINGS_MS)
      return { kind: "write", row: { ...row, holder } };
    // A look that did not ask for it by its id says nothing of it.
    if (holder !== undefined && holder === row.holder && observed.machine && !observed.machine.byId)
      return { kind: "watch", what: "machine" };
    if (ours.length > 0 || tooSoon(row, look.at, at)) return { kind: "watch", what };
  }

  // 4. A complete look at each kind showed nothing.
  return gone(row, observed, at);
}

/** Whatever the cloud showed at another moment. */
const ANOTHER_LOOK_MS = 1;

/** A volume lets go of a machine that is gone within seconds; some clouds take longer. */
const CLINGS_MS = 120_000;

/** The footprint without these parts; the same object when none of them was in it. */
function without(footprint: Footprint, parts: Part[]): Footprint {
  const ids = new Set(parts.map(({ id }) => id));
  const volumes = footprint.volumes.filter(({ id }) => !ids.has(id));
  const addresses = footprint.addresses.filter((id) => !ids.has(id));
  const same = volumes.length === footprint.volumes.length && addresses.length === footprint.addresses.length;
  return same ? footprint : { ...footprint, volumes, addresses };
}

function mayExist(row: Instance, what: "volume" | "address"): boolean {
  if (what === "volume")
    return row.footprint.volumes.length > 0 || (makesVolumes(row) && row.launch !== undefined);
  return row.footprint.addresses.length > 0 || (row.spec.ipv6 && row.launch !== undefined);
}

const makesVolumes = ({ spec }: Instance): boolean =>
  (spec.volumes ?? []).some(({ sizeGb }) => sizeGb !== undefined);

function gone(row: Instance, observed: Observed, at: Circumstances): Decision {
  const { userData: _erased, ...spec } = row.spec;
  return {
    kind: "write",
    row: {
      ...settled(allGone(row, observed, at.now)),
      spec,
      phase: "deleted",
      endedAt: at.now,
      requestDigest: undefined,
      lastError: row.lastError,
      nextActionAt: undefined,
      watched: false,
    },
    event: { kind: "phase", reason: row.reason },
  };
}
