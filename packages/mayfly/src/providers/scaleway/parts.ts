import type { Blockv1, Instancev1 } from "@mayfly/scaleway";
import type { Part } from "../../lifecycle/observed.ts";
import { readMarks } from "./marks.ts";

/** A block volume. Its type is the word that servers use for it, so that it compares with a footprint's. */
export function blockPart(volume: Blockv1.Volume): Part {
  const { owner, instanceId } = readMarks(volume.tags);
  const holders = volume.references.filter(({ status }) => status !== "detached");
  const settled = volume.status === "available" || volume.status === "error";
  return {
    kind: "volume",
    id: volume.id,
    zone: volume.zone,
    owner,
    instanceId,
    attachedTo: holders.find((each) => each.productResourceType === "instance_server")?.productResourceId,
    idle: settled && holders.length === 0,
    type: "sbs_volume",
    createdAt: volume.createdAt?.getTime() ?? 0,
  };
}

/** A volume on the machine's own host. */
export function localPart(volume: Instancev1.Volume): Part {
  const { owner, instanceId } = readMarks(volume.tags);
  return {
    kind: "volume",
    id: volume.id,
    zone: volume.zone,
    owner,
    instanceId,
    attachedTo: volume.server?.id,
    idle: (volume.state === "available" || volume.state === "error") && volume.server === undefined,
    type: volume.volumeType,
    createdAt: volume.creationDate?.getTime() ?? 0,
  };
}

/** A flexible address. The cloud doesn't say when it was made. */
export function addressPart(ip: Instancev1.Ip): Part {
  const { owner, instanceId } = readMarks(ip.tags);
  return {
    kind: "address",
    id: ip.id,
    zone: ip.zone,
    owner,
    instanceId,
    attachedTo: ip.server?.id,
    // The cloud would delete one that a machine holds: after its own machine that can only be somebody else's.
    idle: ip.state !== "pending" && ip.server === undefined,
    type: ip.type,
    createdAt: 0,
  };
}
