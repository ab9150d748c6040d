import type { Snapshot as Ec2Snapshot, Volume as EbsVolume } from "@aws-sdk/client-ec2";
import { ProviderError } from "../error.ts";
import type { Volume, Volumes, WantedVolume } from "../resources/volumes.ts";
import { attempt } from "./attempt.ts";
import { awaitVolume } from "./await-volume.ts";
import type { Clients } from "./clients.ts";
import { dataDevices } from "./data-devices.ts";
import { describe } from "./describe.ts";
import { everyPage } from "./every-page.ts";
import { hasCode } from "./has-code.ts";
import type { Kind } from "./kind.ts";
import { literal } from "./literal.ts";
import { nameOf, readMarks } from "./marks.ts";
import { createNamed } from "./named.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import { hasTag, ON_DEMAND, readShared, sharedTags } from "./shared-tags.ts";

/** No machine has had it yet: nothing is on it. EC2 keeps no record of that. */
const UNUSED = "mayfly:unused";

interface FoundVolume extends Volume {
  isUnused: boolean;
}

/** EBS volumes that live by themselves: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
export function createVolumes(clients: Clients): Volumes {
  const changing = (zone: string) => clients.ec2("create", regionOf(zone));

  const kind: Kind<FoundVolume, WantedVolume> = {
    noun: "volume",
    placeOf: (zone) => zone,

    async list(zone, signal) {
      const ec2 = await clients.ec2("read", regionOf(zone));
      const all = await describe.volumes(ec2, [{ Name: "availability-zone", Values: [zone] }], signal);
      return all.filter(livesByItself).map(toVolume);
    },

    async order({ name, zone, sizeGb, iops = GP3_IOPS }, by) {
      const ec2 = await changing(zone);
      return () =>
        ec2.createVolume({
          AvailabilityZone: zone,
          Size: gibOf(sizeGb),
          Iops: iops,
          VolumeType: "gp3",
          Encrypted: true,
          TagSpecifications: sharedTags("volume", name, by, { Key: UNUSED, Value: "" }),
        });
    },

    async settle(found, { zone, sizeGb, iops }) {
      const volume = await awaitVolume(clients, { id: found.id, zone }, isSettled);
      const there = toVolume(volume);
      if (volume.Size !== gibOf(sizeGb))
        throw new Refused(
          `volume ${found.id} is there and has ${there.sizeGb} GB, not ${sizeGb}`,
          "resize it",
        );
      if (iops !== undefined && there.iops !== iops)
        throw new Refused(
          `volume ${found.id} is there and has ${there.iops} iops, not ${iops}`,
          "delete it, or take another name",
        );
      return there;
    },

    isSpare: ({ isUnused, state }) => isUnused && state === "ready",

    async keep({ id, place }) {
      await (await changing(place)).deleteTags({ Resources: [id], Tags: [{ Key: ON_DEMAND }] });
    },

    async remove({ id, place, machine }) {
      if (machine !== undefined) await volumes.detach(id, place);
      const ec2 = await clients.ec2("delete", regionOf(place));
      await ec2.deleteVolume({ VolumeId: id });
    },
  };

  const { discard: _discard, ...named } = createNamed(kind, clients.clock);
  const on = (id: string, zone: string) => `${id} on aws ${zone}`;
  const volumes: Volumes = {
    ...named,

    attach: (id, machineId, zone, { signal } = {}) =>
      attempt(`attach volume ${id} to ${on(machineId, zone)}`, async () => {
        const at = { id, zone, signal };
        const before = await awaitVolume(
          clients,
          at,
          (volume) => isLoose(volume) || holderOf(volume) !== undefined,
        );
        const holder = holderOf(before);
        if (holder !== undefined && holder !== machineId)
          throw new ProviderError("conflict", `machine ${holder} has volume ${id}; detach it there first`);
        if (holder === undefined) {
          const Device = await freeDevice(clients, machineId, zone);
          const ec2 = await changing(zone);
          // Before: from here on somebody may write on it.
          if (hasTag(before.Tags, UNUSED)) await ec2.deleteTags({ Resources: [id], Tags: [{ Key: UNUSED }] });
          await ec2.attachVolume({ VolumeId: id, InstanceId: machineId, Device }).catch((error: unknown) => {
            // Of all that was asked for only this was chosen by a list, which may be late.
            if (!hasCode(error, "InvalidParameterValue")) throw error;
            throw new ProviderError("conflict", `${Device} of machine ${machineId} may be taken by now`);
          });
        }
        return toVolume(await awaitVolume(clients, at, (volume) => stateOf(volume) === "attached"));
      }),

    detach: (id, zone, { signal } = {}) =>
      attempt(`detach volume ${on(id, zone)}`, async () => {
        const at = { id, zone, signal };
        const before = await awaitVolume(clients, at, (volume) => stateOf(volume) !== "attaching");
        if (stateOf(before) === "attached") {
          const ec2 = await clients.ec2("delete", regionOf(zone));
          await ec2.detachVolume({ VolumeId: id, InstanceId: holderOf(before) });
        }
        return toVolume(await awaitVolume(clients, at, isLoose));
      }),

    /** A change of size takes effect at once; the cloud takes the next one six hours later. */
    resize: (id, sizeGb, zone, { signal } = {}) =>
      attempt(`resize volume ${on(id, zone)} to ${sizeGb} GB`, async () => {
        const at = { id, zone, signal };
        const before = await awaitVolume(clients, at, isSettled);
        const [has, wanted] = [before.Size ?? 0, gibOf(sizeGb)];
        if (wanted < has)
          throw new Refused(
            `volume ${id} has ${toVolume(before).sizeGb} GB and can't become smaller`,
            "make another one and copy what is on it",
          );
        if (wanted > has) await (await changing(zone)).modifyVolume({ VolumeId: id, Size: wanted });
        return toVolume(await awaitVolume(clients, at, ({ Size }) => Size === wanted));
      }),

    snapshot: (id, name, zone, by) =>
      attempt(`make snapshot ${name} of volume ${on(id, zone)}`, async () => {
        const known = await snapshotOf(clients, id, name, zone);
        if (known?.SnapshotId !== undefined) return known.SnapshotId;
        await awaitVolume(clients, { id, zone, signal: by.signal }, isSettled);
        const made = await (
          await changing(zone)
        ).createSnapshot({ VolumeId: id, TagSpecifications: sharedTags("snapshot", name, by) });
        if (made.SnapshotId === undefined) throw new Error("the answer holds no snapshot");
        return made.SnapshotId;
      }),
  };
  return volumes;
}

/** What every gp3 volume has: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const GP3_IOPS = 3_000;

/** EBS counts in 2^30 bytes: what was asked for fits. */
const gibOf = (gb: number): number => Math.ceil((gb * 1e9) / 2 ** 30);

/** What carries an instance's mark belongs to that instance alone. */
const livesByItself = ({ State, Tags }: EbsVolume): boolean =>
  State !== "deleting" && State !== "deleted" && readMarks(Tags).instanceId === undefined;

const toVolume = (volume: EbsVolume): FoundVolume => ({
  id: volume.VolumeId ?? "",
  name: nameOf(volume.Tags),
  place: volume.AvailabilityZone ?? "",
  ...readShared(volume.Tags),
  createdAt: volume.CreateTime?.getTime(),
  // The largest whole number of GB that fits: what was asked for.
  sizeGb: Math.floor(((volume.Size ?? 0) * 2 ** 30) / 1e9),
  iops: volume.Iops ?? 0,
  isUnused: hasTag(volume.Tags, UNUSED),
  state: stateOf(volume),
  machine: holderOf(volume),
  // https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html
  devicePath: `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${(volume.VolumeId ?? "").replace("-", "")}`,
});

const holderOf = ({ Attachments = [] }: EbsVolume): string | undefined =>
  Attachments.find(({ State }) => State !== "detached")?.InstanceId;

function stateOf({ State, Attachments = [] }: EbsVolume): Volume["state"] {
  const attachment = Attachments.find((each) => each.State !== "detached")?.State;
  if (State === "error") return "failed";
  if (attachment === "attaching" || attachment === "detaching") return attachment;
  if (attachment !== undefined) return "attached";
  return State === "available" ? "ready" : "making";
}

const isLoose = (volume: EbsVolume): boolean => stateOf(volume) === "ready" || stateOf(volume) === "failed";
const isSettled = (volume: EbsVolume): boolean => isLoose(volume) || stateOf(volume) === "attached";

async function freeDevice(clients: Clients, machineId: string, zone: string): Promise<string> {
  const ec2 = await clients.ec2("read", regionOf(zone));
  const [machine] = await describe.instances(ec2, [{ Name: "instance-id", Values: [machineId] }]);
  if (machine === undefined)
    throw new ProviderError("conflict", `there is no machine ${machineId} in ${zone}`);
  const taken = (machine.BlockDeviceMappings ?? []).map(({ DeviceName }) => DeviceName);
  const free = dataDevices.find((device) => !taken.includes(device));
  if (free === undefined) throw new ProviderError("conflict", `machine ${machineId} has no device left`);
  return free;
}

async function snapshotOf(
  clients: Clients,
  volumeId: string,
  name: string,
  zone: string,
): Promise<Ec2Snapshot | undefined> {
  const ec2 = await clients.ec2("read", regionOf(zone));
  const Filters = [
    { Name: "volume-id", Values: [volumeId] },
    { Name: "tag:Name", Values: [literal(name)] },
  ];
  const found = await everyPage(`snapshots of ${volumeId}`, async (NextToken) => {
    const answer = await ec2.describeSnapshots({ Filters, OwnerIds: ["self"], NextToken, MaxResults: 1_000 });
    return { items: answer.Snapshots, next: answer.NextToken };
  });
  return found.sort((a, b) => (a.StartTime?.getTime() ?? 0) - (b.StartTime?.getTime() ?? 0))[0];
}
