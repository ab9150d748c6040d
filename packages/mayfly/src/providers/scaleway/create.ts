import type { Instancev1 } from "@mayfly/scaleway";
import { ScalewayCallError } from "@mayfly/scaleway";
import type { Footprint, FootprintVolume } from "../../lifecycle/instance.ts";
import type { Machine } from "../../lifecycle/observed.ts";
import { ProviderError } from "../error.ts";
import type { CreateRequest } from "../provider.ts";
import type { Account } from "./account.ts";
import { guestUserData } from "./guest/guest-user-data.ts";
import { toMachine } from "./machine.ts";
import { ensureDataVolumes } from "./data-volumes.ts";
import type { DataVolumes } from "./data-volumes.ts";
import { markTags } from "./marks.ts";
import { powerOn } from "./power.ts";
import { ensurePrivateNic } from "./private-nic.ts";
import { attempt } from "./provider-error.ts";
import { throwRefusal } from "./throw-refusal.ts";
import { isUuid } from "./uuid.ts";

/** Makes what is not there yet, in this order; no POST that makes a thing is repeated here. */
export async function create(shared: Account, request: CreateRequest): Promise<void> {
  const account = { ...shared, create: shared.create.fencedBy(request.fence) };
  const { marks, spec, footprint, made } = request;
  const { zone } = spec;
  const what = `create ${marks.instanceId} on scaleway ${zone}`;
  const run = <Result>(call: () => Promise<Result>) => attempt(what, call, { type: spec.type });
  let machine = request.found;
  if (machine === undefined && footprint.machine !== undefined)
    machine = await run(() => lookAt(account, footprint.machine!, zone));

  // 1. what the request names, so that nothing is made for one that is refused
  const names = machine === undefined ? await run(() => resolveNames(account, request)) : undefined;

  // 2. the IPv6 address, which lives apart from the machine
  const addresses = new Set([...footprint.addresses, ...((spec.ipv6 && machine?.addresses) || [])]);
  if (spec.ipv6 && addresses.size === 0) {
    request.fence();
    addresses.add(await run(() => makeAddress(account, request)));
    await made({ addresses: [...addresses] });
  }

  // 3. the volumes beside the root, which live apart from it too
  const volumes = names === undefined ? undefined : await run(() => ensureDataVolumes(account, request));

  // 4. the machine, marked in the call that makes it
  if (names !== undefined) request.fence();
  if (names !== undefined && volumes !== undefined)
    machine = await run(() => makeMachine(account, request, names, { addresses: [...addresses], volumes }));
  if (machine === undefined) throw new ProviderError("unavailable", `${what}: no machine came of it`);
  const parts = partsOf(machine, footprint, { addresses, volumes: volumes?.own ?? [] });
  if (!holds(footprint, parts)) await made(parts);

  // 5. its card in the private network
  const { network } = request.shared;
  if (network !== undefined) {
    const wanted = { serverId: machine.id, zone, network, isNew: names !== undefined, fence: request.fence };
    const nic = await run(() => ensurePrivateNic(account, wanted));
    if (!footprint.nics.includes(nic)) await made({ nics: [nic] });
  }

  // 6. the address, when an earlier attempt made the machine without it
  const missing = [...addresses].filter((ip) => names === undefined && !machine.addresses.includes(ip));
  for (const ip of missing)
    await run(() => account.create.instance.updateIp({ zone, ip, server: machine.id }));

  switch (machine.state) {
    case "running":
    case "starting":
      return;
    case "stopped":
    case "halted":
      break;
    case "stopping":
    case "unknown":
      throw new ProviderError("conflict", `${what}: machine ${machine.id} is ${machine.state}`);
    default:
      machine.state satisfies never;
  }

  // 7. user data, which a machine reads when it boots for the first time
  const userData = guestUserData(spec);
  if (userData !== undefined && machine.state === "stopped") {
    const serverId = machine.id;
    await run(() =>
      account.create.instance.setServerUserData({ serverId, zone, key: "cloud-init", content: userData }),
    );
  }

  // 8. power
  await powerOn(account, { id: machine.id, zone }, what, spec.type);
}

async function makeAddress(account: Account, request: CreateRequest): Promise<string> {
  const { ip } = await account.create.instance.createIp({
    zone: request.spec.zone,
    project: account.create.projectId,
    type: "routed_ipv6",
    tags: markTags(request.marks, []),
  });
  if (ip === undefined) throw new Error("the answer holds no address");
  return ip.id;
}

async function resolveNames(account: Account, { spec, shared }: CreateRequest) {
  const { image, securityGroup, type, zone } = spec;
  const [local, group] = await Promise.all([
    account.images.resolve({ image, type, zone }),
    securityGroup === undefined ? shared.firewall : account.securityGroups.resolve(securityGroup, zone),
  ]);
  return { image: local, securityGroup: group };
}

async function makeMachine(
  account: Account,
  request: CreateRequest,
  names: Awaited<ReturnType<typeof resolveNames>>,
  parts: { addresses: string[]; volumes: DataVolumes },
): Promise<Machine> {
  const { marks, name, spec } = request;
  const { zone, type } = spec;
  const { image, securityGroup } = names;
  const { addresses, volumes } = parts;
  const asked = account.create.instance.createServer({
    zone,
    name,
    commercialType: type,
    image: image.id,
    project: account.create.projectId,
    tags: markTags(marks, spec.tags),
    dynamicIpRequired: spec.ipv4,
    publicIps: addresses.length === 0 ? undefined : addresses,
    volumes: volumesOf(spec, image.rootVolume, volumes.ids),
    securityGroup,
    bootType: "local",
    protected: false,
  });
  const { server } = await asked.catch((error: unknown) => {
    if (error instanceof ScalewayCallError && error.resource === "instance_image" && !isUuid(spec.image)) {
      account.images.forget();
      throw new ProviderError("conflict", `image ${spec.image} was replaced: ${error.message}`);
    }
    if (securityGroup === undefined) throw error;
    // It was found a moment ago, or remembered.
    account.securityGroups.forget();
    return throwRefusal(error, {
      noun: "firewall",
      id: securityGroup,
      resource: "instance_security_group",
      look: () => account.read.instance.getSecurityGroup({ securityGroupId: securityGroup, zone }),
    });
  });
  if (server === undefined) throw new Error("the answer holds no machine");
  return toMachine(server);
}

/** Undefined: the root alone, as the image brings it. */
function volumesOf(
  { rootVolumeGb }: CreateRequest["spec"],
  rootType: Instancev1.VolumeVolumeType,
  more: string[],
): Record<string, Instancev1.VolumeServerTemplate> | undefined {
  const root =
    rootVolumeGb === undefined ? {} : { "0": { size: Math.round(rootVolumeGb * 1e9), volumeType: rootType } };
  const data = more.map((id, index) => [String(index + 1), { id, volumeType: "sbs_volume" as const }]);
  const all = { ...root, ...Object.fromEntries(data) };
  return Object.keys(all).length === 0 ? undefined : all;
}

async function lookAt(account: Account, serverId: string, zone: string): Promise<Machine> {
  const { server } = await account.read.instance.getServer({ serverId, zone });
  if (server === undefined) throw new Error("the answer holds no machine");
  return toMachine(server);
}

/** What the row should hold once the machine is known. */
function partsOf(
  machine: Machine,
  footprint: Footprint,
  made: { addresses: ReadonlySet<string>; volumes: FootprintVolume[] },
) {
  const all = [...footprint.volumes, ...made.volumes, ...machine.volumes];
  return {
    machine: machine.id,
    volumes: [...new Map(all.map((volume) => [volume.id, volume])).values()],
    addresses: [...made.addresses],
    nics: [...new Set([...footprint.nics, ...machine.nics])],
  };
}

function holds(footprint: Footprint, parts: ReturnType<typeof partsOf>): boolean {
  return (
    footprint.machine === parts.machine &&
    footprint.volumes.length === parts.volumes.length &&
    parts.addresses.every((id) => footprint.addresses.includes(id)) &&
    footprint.nics.length === parts.nics.length
  );
}
