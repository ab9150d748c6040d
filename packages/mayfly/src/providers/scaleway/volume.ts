import type { Blockv1 } from "@mayfly/scaleway";
import type { Volume } from "../resources/volumes.ts";
import { readMarks } from "./marks.ts";
import { isShared } from "./shared-mark.ts";

/** A block volume in the words that all providers share. */
export function toVolume(volume: Blockv1.Volume): Volume {
  const holder = holderOf(volume);
  return {
    id: volume.id,
    name: volume.name,
    place: volume.zone,
    owner: readMarks(volume.tags).owner,
    onDemand: isShared(volume.tags),
    createdAt: volume.createdAt?.getTime(),
    sizeGb: volume.size / 1e9,
    iops: volume.specs?.perfIops ?? 0,
    state: stateOf(volume, holder),
    machine: holder?.productResourceType === MACHINE ? holder.productResourceId : undefined,
    // https://www.scaleway.com/en/docs/instances/reference-content/identify-devices/
    devicePath: `/dev/disk/by-id/scsi-0SCW_sbs_volume-${volume.id}`,
  };
}

/** What has the volume, is about to have it, or is letting go of it. */
export function holderOf({ references }: Blockv1.Volume): Blockv1.Reference | undefined {
  return references.find(({ status }) => status !== "detached");
}

/** The word that block volumes have for machines. */
export const MACHINE = "instance_server";

function stateOf({ status }: Blockv1.Volume, holder: Blockv1.Reference | undefined): Volume["state"] {
  if (status === "error" || status === "locked") return "failed";
  switch (holder?.status) {
    case undefined:
      if (status === "available") return "ready";
      return status === "in_use" ? "attached" : "making";
    case "attaching":
    case "creating":
      return "attaching";
    case "detaching":
      return "detaching";
    default:
      return "attached";
  }
}
