import type { _InstanceType, BlockDeviceMapping, RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import type { Machine } from "../../lifecycle/observed.ts";
import { ProviderError } from "../error.ts";
import type { CreateRequest } from "../provider.ts";
import type { Account } from "./account.ts";
import { attempt } from "./attempt.ts";
import { dataDevices } from "./data-devices.ts";
import { diskGibs } from "./disk-gibs.ts";
import type { Build } from "./images.ts";
import { attachStanding, hasStanding } from "./attach-standing.ts";
import { archOf } from "./instance-types.ts";
import { isGone, toMachine } from "./machine.ts";
import { markTags, partTags, UNFINISHED } from "./marks.ts";
import { start } from "./power.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import { guestUserData, userDataProblem } from "./guest/guest-user-data.ts";

/**
 * One call makes the machine with its volumes and its interface, all of them marked, powers it on and gives it its user
 * data: it has happened, or it has not. Its token keeps a repeat of the same attempt from making another one; by its tags
 * a machine is known all the same. Volumes that stood before can be attached only once it runs: until that is done a tag of
 * it says so, and it is completed by being called again.
 */
export async function create(account: Account, request: CreateRequest): Promise<void> {
  const { marks, spec, footprint, found } = request;
  const what = `create ${marks.instanceId} on aws ${spec.zone}`;
  const run = <Result>(call: () => Promise<Result>) => attempt(what, call, { type: spec.type });

  // 1. made by an earlier attempt, and not shown yet: the cloud accepted it
  if (found === undefined && footprint.machine !== undefined) return;

  // 2. what the request names, so that nothing is made for one that is refused
  const machine = found ?? (await run(() => makeMachine(account, request)));
  if (!holds(request, machine))
    await request.made({ machine: machine.id, volumes: machine.volumes, addresses: machine.addresses });

  // 3. power
  switch (machine.state) {
    case "running":
      return machine.isUnfinished ? attachStanding(account, request, machine) : undefined;
    case "starting":
      return;
    case "stopped":
    case "halted":
      return start(account, machine);
    case "stopping":
    case "unknown":
      throw new ProviderError("conflict", `${what}: machine ${machine.id} is ${machine.state}`);
    default:
      machine.state satisfies never;
  }
}

async function makeMachine(account: Account, request: CreateRequest): Promise<Machine> {
  const input = await orderOf(account, request);
  const ec2 = await account.ec2("create", regionOf(request.spec.zone));
  // The fetch that it goes out by asks once more.
  const how: { fence: () => void; abortSignal?: AbortSignal } = { fence: request.fence };
  how.fence();
  const { Instances: [made] = [] } = await ec2.runInstances(input, how);
  if (made === undefined) throw new Error("the answer holds no machine");
  if (isGone(made))
    throw new ProviderError("conflict", `the machine of this attempt, ${made.InstanceId}, was terminated`);
  return toMachine(made);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
async function orderOf(account: Account, request: CreateRequest): Promise<RunInstancesCommandInput> {
  const { marks, name, spec, shared, attempt: number = 1 } = request;
  const { zone, type } = spec;
  const region = regionOf(zone);
  const tooLong = userDataProblem(spec);
  if (tooLong !== undefined) throw new Refused(tooLong.message, tooLong.suggestion);
  const known = await account.types.named(type, zone);
  if (known === undefined) throw new Refused(`type ${type} is unknown in ${region}`);
  const image = await account.images.resolve(spec.image, region, archOf(known));
  const subnet =
    shared.network === undefined
      ? await account.subnets.defaultOf(zone)
      : await account.subnets.byId(shared.network, zone);
  const group =
    spec.securityGroup === undefined
      ? shared.firewall
      : await account.securityGroups.resolve(spec.securityGroup, subnet.vpc, region);
  const parts = partTags(marks, name);
  // One that may not see its tag change waits for the last instant to which it can.
  const notBeforeS = known.isNitro ? 0 : Math.ceil((request.latestExpiresAt ?? marks.expiresAt) / 1000);
  return {
    ClientToken: `${marks.instanceId}-${number}`,
    ImageId: image.id,
    InstanceType: type as _InstanceType,
    MinCount: 1,
    MaxCount: 1,
    KeyName: spec.sshKeys?.[0]?.name,
    Placement: { AvailabilityZone: zone },
    UserData: guestUserData(spec, { notBeforeS })?.toString("base64"),
    InstanceInitiatedShutdownBehavior: spec.failsafe && request.onExpiry === "delete" ? "terminate" : "stop",
    MetadataOptions: {
      HttpEndpoint: "enabled",
      HttpTokens: "required",
      InstanceMetadataTags: spec.failsafe ? "enabled" : "disabled",
    },
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: subnet.id,
        AssociatePublicIpAddress: spec.ipv4,
        Ipv6AddressCount: spec.ipv6 ? 1 : undefined,
        Groups: group === undefined ? undefined : [group],
        DeleteOnTermination: true,
      },
    ],
    BlockDeviceMappings: disksOf(spec, image),
    TagSpecifications: [
      { ResourceType: "instance", Tags: [...markTags(marks, name, spec.tags), ...unfinished(spec)] },
      { ResourceType: "volume", Tags: parts },
      { ResourceType: "network-interface", Tags: parts },
    ],
  };
}

const unfinished = (spec: CreateRequest["spec"]) =>
  hasStanding(spec) ? [{ Key: UNFINISHED, Value: "volumes" }] : [];

/** The root, and what the request wants beside it: made in the same call, and gone with the machine. */
function disksOf(spec: CreateRequest["spec"], image: Build): BlockDeviceMapping[] {
  const disk = (DeviceName: string, VolumeSize: number): BlockDeviceMapping => ({
    DeviceName,
    Ebs: { VolumeSize, VolumeType: "gp3", Encrypted: true, DeleteOnTermination: true },
  });
  const [root, ...data] = diskGibs(spec, image);
  return [disk(image.rootDevice, root), ...data.map((sizeGib, at) => disk(dataDevices[at]!, sizeGib))];
}

function holds({ footprint }: CreateRequest, { id, volumes, addresses }: Machine): boolean {
  return (
    footprint.machine === id &&
    volumes.every((volume) => footprint.volumes.some((known) => known.id === volume.id)) &&
    addresses.every((address) => footprint.addresses.includes(address))
  );
}
