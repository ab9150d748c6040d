import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Footprint, InstanceSpec } from "../lifecycle/instance.ts";
import type { Machine, Observed } from "../lifecycle/observed.ts";
import type { CreateRequest, Provider } from "../providers/provider.ts";
import { createServers } from "../providers/scaleway/servers.ts";
import type { Servers } from "../providers/scaleway/servers.ts";
import { anEmulatedScaleway } from "./emulated-scaleway.ts";
import type { EmulatedScaleway } from "./emulated-scaleway.ts";

/** An empty project on an emulated Scaleway, as the provider interface shows it. */
export interface ScalewayProject extends EmulatedScaleway {
  networks: NonNullable<Provider["networks"]>;
  firewalls: NonNullable<Provider["firewalls"]>;
  volumes: NonNullable<Provider["volumes"]>;
  servers: Servers;
  validate(spec: Partial<InstanceSpec>, provider?: Provider): ReturnType<NonNullable<Provider["validate"]>>;
  /** What a row of this instance holds from then on. */
  create(name: string, asked?: Asked): Promise<Footprint>;
  /** As often as it takes. */
  end(footprint: Footprint): Promise<void>;
}

export interface Asked {
  spec?: Partial<InstanceSpec>;
  shared?: CreateRequest["shared"];
}

const ZONE = "fr-par-1";
const MARKS = { owner: "own-1", instanceId: "mf-0123456789ab", expiresAt: Date.UTC(2031, 0, 1) };
const SPEC: InstanceSpec = {
  version: 1,
  zone: ZONE,
  type: "DEV1-S",
  image: "ubuntu_noble",
  ipv4: true,
  ipv6: false,
  tags: [],
  ready: "cloud",
};

export function aScalewayProject(): ScalewayProject {
  const cloud = anEmulatedScaleway();
  const own = cloud.provider();
  const { networks, firewalls, volumes } = own;

  async function observed({ volumes: parts, addresses }: Footprint): Promise<Observed> {
    const ids = new Set([...parts.map(({ id }) => id), ...addresses]);
    const kinds = new Set(["machine", "volume", "address"] as const);
    const look = await own.list({ owner: MARKS.owner, zones: [ZONE], kinds, ids });
    const of = (wanted: string) => look.parts.filter(({ kind }) => kind === wanted);
    const at = look.startedAt;
    const all: Machine[] = look.machines;
    return {
      machine: { at, all },
      volume: { at, parts: of("volume") },
      address: { at, parts: of("address") },
    };
  }

  return {
    ...cloud,
    networks: networks!,
    firewalls: firewalls!,
    volumes: volumes!,
    servers: createServers(cloud.clients()),
    validate: (spec, provider = own) => provider.validate!({ ...SPEC, ...spec }),
    async create(name, { spec = {}, shared = {} } = {}) {
      const footprint = emptyFootprint(ZONE);
      const made: CreateRequest["made"] = async (part) => void Object.assign(footprint, part);
      const request = { marks: MARKS, name, spec: { ...SPEC, ...spec }, shared, made, fence: () => {} };
      await own.create({ ...request, footprint: structuredClone(footprint) });
      return footprint;
    },
    async end(footprint) {
      const { instanceId } = MARKS;
      while ((await own.delete({ instanceId, footprint, observed: await observed(footprint) })) !== "gone")
        await cloud.clock.advance(5_000);
    },
  };
}
