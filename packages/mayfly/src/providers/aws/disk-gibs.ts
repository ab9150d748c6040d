import type { InstanceSpec } from "../../lifecycle/instance.ts";
import type { Build } from "./images.ts";

/** The sizes of the volumes that are made with a machine: the root, then what the request wants beside it. */
export function diskGibs(
  { rootVolumeGb, volumes = [] }: InstanceSpec,
  { rootGib }: Build,
): [number, ...number[]] {
  const root = rootVolumeGb === undefined ? rootGib : Math.max(gibOf(rootVolumeGb), rootGib);
  // One without a size stood before: it is not made.
  return [root, ...volumes.flatMap(({ sizeGb }) => (sizeGb === undefined ? [] : [gibOf(sizeGb)]))];
}

/** EBS counts in 2^30 bytes: what was asked for fits. */
const gibOf = (gb: number): number => Math.ceil((gb * 1e9) / 2 ** 30);
