import type { Address, NetworkInterface, Volume } from "@aws-sdk/client-ec2";
import type { Part } from "../../lifecycle/observed.ts";
import { EBS } from "./machine.ts";
import { readMarks } from "./marks.ts";

export function volumePart(volume: Volume): Part {
  const { owner, instanceId } = readMarks(volume.Tags);
  const holder = (volume.Attachments ?? []).find(({ State }) => State !== "detached");
  return {
    kind: "volume",
    id: volume.VolumeId ?? "",
    zone: volume.AvailabilityZone ?? "",
    owner,
    instanceId,
    attachedTo: holder?.InstanceId,
    idle: (volume.State === "available" || volume.State === "error") && holder === undefined,
    type: EBS,
    createdAt: volume.CreateTime?.getTime() ?? 0,
  };
}

/** The word for a part that is deleted as an interface. */
export const INTERFACE = "network-interface";

/** A network interface: what is said of addresses is said of it. The cloud doesn't say when it was made. */
export function interfacePart(card: NetworkInterface): Part {
  const { owner, instanceId } = readMarks(card.TagSet);
  return {
    kind: "address",
    id: card.NetworkInterfaceId ?? "",
    zone: card.AvailabilityZone ?? "",
    owner,
    instanceId,
    attachedTo: card.Attachment?.InstanceId,
    idle: card.Status === "available",
    type: INTERFACE,
    createdAt: 0,
  };
}

/** An Elastic IP. It is its region's: the zone is the one that was asked about. */
export function addressPart(address: Address, zone: string): Part {
  const { owner, instanceId } = readMarks(address.Tags);
  return {
    kind: "address",
    id: address.AllocationId ?? "",
    zone,
    owner,
    instanceId,
    attachedTo: address.InstanceId || undefined,
    idle: address.AssociationId === undefined,
    type: "elastic-ip",
    createdAt: 0,
  };
}
