import type { _InstanceType, InstanceTypeInfo } from "@aws-sdk/client-ec2";
import type { MachineType } from "../provider.ts";
import { createCache } from "../cache.ts";
import type { Clients } from "./clients.ts";
import { everyPage } from "./every-page.ts";
import { hasCode } from "./has-code.ts";
import type { Arch } from "./image-names.ts";
import { priceOf, PRICES_OF } from "./prices.ts";
import { regionOf } from "./region-of.ts";

const KEPT_MS = 600_000;

export interface Ec2Type extends MachineType {
  /**
   * On the Nitro hypervisor: its serial console can be read at any time, and its guest sees tags change while it runs. Of the
   * others an older edition of the manual says that theirs change with a stop and a start, and the present one does not.
   */
  isNitro: boolean;
}

export interface InstanceTypes {
  /** Of the cloud's types, the one of this name; whether the zone has it. */
  named(type: string, zone: string): Promise<Ec2Type | undefined>;
  of(zone: string): Promise<MachineType[]>;
}

/** Kept for 10 minutes. */
export function createInstanceTypes(clients: Clients): InstanceTypes {
  const one = createCache<Ec2Type | undefined>({ clock: clients.clock, ttlMs: KEPT_MS });
  const all = createCache<MachineType[]>({ clock: clients.clock, ttlMs: KEPT_MS });
  return {
    named: (type, zone) => one.get(`${zone} ${type}`, () => lookUp(clients, type, zone)),
    of: (zone) => all.get(zone, () => listTypes(clients, zone)),
  };
}

/** Every type is for one architecture of the two that images are made for; some old ones also for i386. */
export const archOf = (type: Pick<MachineType, "arch"> | undefined): Arch =>
  type?.arch === "arm64" ? "arm64" : "x86_64";

async function lookUp(clients: Clients, type: string, zone: string): Promise<Ec2Type | undefined> {
  const ec2 = await clients.ec2("read", regionOf(zone));
  try {
    const { InstanceTypes: [info] = [] } = await ec2.describeInstanceTypes({
      InstanceTypes: [type as _InstanceType],
    });
    if (info === undefined) return undefined;
    return {
      ...toType(info, zone, await offered(clients, zone, type)),
      isNitro: info.Hypervisor === "nitro",
    };
  } catch (error) {
    if (hasCode(error, "InvalidInstanceType", "InvalidParameterValue")) return undefined;
    throw error;
  }
}

async function listTypes(clients: Clients, zone: string): Promise<MachineType[]> {
  const ec2 = await clients.ec2("read", regionOf(zone));
  const infos = await everyPage(`types of ${zone}`, async (NextToken) => {
    const answer = await ec2.describeInstanceTypes({ NextToken, MaxResults: 100 });
    return { items: answer.InstanceTypes, next: answer.NextToken };
  });
  const inZone = await offered(clients, zone);
  return infos
    .map((info) => toType(info, zone, inZone))
    .sort((a, b) => a.vcpus - b.vcpus || a.memoryGib - b.memoryGib || (a.name < b.name ? -1 : 1));
}

/** What the zone has at all; how much of it is left nobody says. */
async function offered(clients: Clients, zone: string, type?: string): Promise<Set<string>> {
  const ec2 = await clients.ec2("read", regionOf(zone));
  const Filters = [
    { Name: "location", Values: [zone] },
    ...(type === undefined ? [] : [{ Name: "instance-type", Values: [type] }]),
  ];
  const names = await everyPage(`types offered in ${zone}`, async (NextToken) => {
    const answer = await ec2.describeInstanceTypeOfferings({
      LocationType: "availability-zone",
      Filters,
      NextToken,
      MaxResults: 1_000,
    });
    return {
      items: answer.InstanceTypeOfferings?.map(({ InstanceType }) => InstanceType ?? ""),
      next: answer.NextToken,
    };
  });
  return new Set(names);
}

function toType(info: InstanceTypeInfo, zone: string, inZone: ReadonlySet<string>): MachineType {
  const name = info.InstanceType ?? "";
  const archs = info.ProcessorInfo?.SupportedArchitectures ?? [];
  const price = priceOf(name, regionOf(zone));
  return {
    name,
    vcpus: info.VCpuInfo?.DefaultVCpus ?? 0,
    memoryGib: (info.MemoryInfo?.SizeInMiB ?? 0) / 1024,
    arch: archs.find((arch) => arch === "arm64") ?? "x86_64",
    priceMicrosPerHour: price,
    currency: "USD",
    pricesOf: price === undefined ? undefined : PRICES_OF,
    available: inZone.has(name),
  };
}
