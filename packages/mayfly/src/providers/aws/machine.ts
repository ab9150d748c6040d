import { isIP } from "node:net";
import type { Instance } from "@aws-sdk/client-ec2";
import type { Machine, MachineState } from "../../lifecycle/observed.ts";
import { nameOf, readMarks } from "./marks.ts";

/** An EC2 instance in the words that all providers share. */
export function toMachine(instance: Instance): Machine {
  const marks = readMarks(instance.Tags);
  const cards = instance.NetworkInterfaces ?? [];
  const v6 = cards.flatMap(({ Ipv6Addresses = [] }) => Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address));
  // People and programs connect to what they find here: it is an address and nothing else.
  const ips = [instance.PublicIpAddress, ...v6]
    .filter((ip) => ip !== undefined)
    .filter((ip) => isIP(ip) !== 0);
  return {
    id: instance.InstanceId ?? "",
    zone: instance.Placement?.AvailabilityZone ?? "",
    name: nameOf(instance.Tags),
    owner: marks.owner ?? "",
    instanceId: marks.instanceId ?? "",
    expiresAt: marks.expiresAt,
    state: machineState(instance.State?.Name),
    // One without a public address can be reached from its own network.
    ips: ips.length > 0 ? ips : [instance.PrivateIpAddress ?? ""].filter(Boolean),
    volumes: (instance.BlockDeviceMappings ?? [])
      .filter(({ Ebs }) => Ebs?.DeleteOnTermination)
      .map(({ Ebs }) => ({ id: Ebs?.VolumeId ?? "", kind: EBS })),
    // An interface is what holds a machine's addresses, and lives on when its machine leaves it behind.
    addresses: cards
      .filter(({ Attachment }) => Attachment?.DeviceIndex === 0)
      .map(({ NetworkInterfaceId }) => NetworkInterfaceId ?? ""),
    nics: [],
    ...(marks.isUnfinished && { isUnfinished: true }),
    createdAt: madeAt(instance),
  };
}

/** The port's word for the one kind of volume there is. */
export const EBS = "ebs";

/** One that is terminated is gone; it is shown for an hour all the same. */
export const isGone = ({ State }: Instance): boolean => State?.Name === "terminated";

export function machineState(state: string | undefined): MachineState {
  switch (state) {
    case "pending":
      return "starting";
    case "running":
    case "stopping":
    case "stopped":
      return state;
    case "shutting-down":
      return "stopping";
    default:
      return "unknown";
  }
}

/** The launch time is that of the last start: what hangs on it was there before. */
function madeAt({ LaunchTime, NetworkInterfaces, BlockDeviceMappings }: Instance): number {
  const times = [
    LaunchTime,
    ...(NetworkInterfaces ?? []).map(({ Attachment }) => Attachment?.AttachTime),
    ...(BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.AttachTime),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? 0 : Math.min(...times.map((time) => time.getTime()));
}
