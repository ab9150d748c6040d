import type { Instance } from "../lifecycle/instance.ts";

/** The cloud ids that this row answers for: all of its footprint until it is deleted, then none. */
export function claimedIds({ phase, footprint }: Instance): Set<string> {
  if (phase === "deleted") return new Set();
  const { machine, volumes, addresses, nics } = footprint;
  const ids = [...volumes.map((volume) => volume.id), ...addresses, ...nics];
  return new Set(machine === undefined ? ids : [machine, ...ids]);
}
