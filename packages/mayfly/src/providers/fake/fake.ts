import type { Clock } from "../../clock.ts";
import type { Inventory, Machine, Part } from "../../lifecycle/observed.ts";
import { ProviderError } from "../error.ts";
import type { Catalog, Provider } from "../provider.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import type { FakeMachine } from "./fake-machine.ts";
import type { FakePart } from "./fake-part.ts";
import { expectImage } from "./expect-image.ts";
import { fakeResources } from "./resources.ts";

const ZONE = "fake-1";
const SMALL_MICROS_PER_HOUR = 10_000;

/** A provider on the fake cloud: as simple as a provider can be, and a pattern for a new one. */
export function createFakeProvider(cloud: FakeCloud, clock: Clock, visibilityGapMs = 10_000): Provider {
  return {
    name: "fake",
    supports: { stop: true, failsafe: false },
    defaults: { type: "small", image: "linux" },
    visibilityGapMs,
    zones: [ZONE],

    async create({ marks, name, spec, footprint, shared, found, made, fence }) {
      expectImage(spec.image, marks.instanceId);
      // 1. The address, unless an earlier attempt made it.
      let addresses = found?.addresses ?? footprint.addresses;
      if (spec.ipv6 && addresses.length === 0) {
        fence();
        addresses = [await cloud.createAddress(marks)];
        await made({ addresses });
      }
      // 2. The volumes and the machine, unless an earlier attempt made them.
      let machineId = found?.id;
      if (machineId === undefined) {
        const volumes: string[] = [];
        const known = spec.volumes === undefined ? [] : await cloud.listParts(spec.zone);
        for (const { name: wanted } of spec.volumes ?? []) {
          const earlier = known.find(
            (part) => part.name === wanted && part.marks?.instanceId === marks.instanceId,
          );
          if (!earlier) fence();
          const id = earlier?.id ?? (await cloud.createVolume(marks, wanted));
          volumes.push(id);
          await made({ volumes: [{ id, kind: "disk" }] });
        }
        fence();
        const { network, firewall } = shared;
        const machine = await cloud.createMachine({
          marks,
          name,
          zone: spec.zone,
          type: spec.type,
          addresses,
          volumes,
          network,
          firewall,
        });
        machineId = machine.id;
        await made({ machine: machine.id, volumes: [{ id: machine.volume, kind: "disk" }] });
      }
      // 3. cloud-init before power-on.
      if (spec.userData !== undefined) await cloud.setUserData(machineId, spec.userData);
      if (spec.ready === "cloud-init") await cloud.letReport(machineId);
      if (found === undefined || found.state === "stopped" || found.state === "halted")
        await cloud.powerOn(machineId);
    },

    async list({ owner, zones, kinds, ids, machineIds = new Set() }): Promise<Inventory> {
      const startedAt = clock.now();
      const machines: Machine[] = [];
      const parts: Part[] = [];
      for (const zone of zones) {
        if (kinds.has("machine"))
          machines.push(
            ...(await cloud.listMachines(zone))
              .filter(isThere)
              .filter((m) => m.marks?.owner === owner)
              .map(machineView),
          );
        if (kinds.has("volume") || kinds.has("address"))
          parts.push(
            ...(await cloud.listParts(zone))
              .filter((part) => kinds.has(part.kind) && (part.marks?.owner === owner || ids.has(part.id)))
              .map(partView),
          );
      }
      // What was asked for by its id and not shown is looked for: a list may lag.
      const shown = new Set(parts.map(({ id }) => id));
      for (const id of ids) {
        const part = shown.has(id) ? undefined : await cloud.getPart(id);
        if (part && kinds.has(part.kind)) parts.push(partView(part));
      }
      // A machine too, marked or not.
      const strangers: string[] = [];
      const listed = new Set(machines.map(({ id }) => id));
      for (const id of machineIds) {
        const machine = listed.has(id) ? undefined : await cloud.getMachine(id);
        if (machine?.marks?.owner === owner) machines.push(machineView(machine));
        else if (machine) strangers.push(id);
      }
      return { startedAt, machines, parts, strangers };
    },

    start: ({ id }) => unlessBusy(cloud.powerOn(id)),
    stop: ({ id }) => unlessBusy(cloud.powerOff(id)),
    async mark({ id }, marks) {
      const machine = await cloud.getMachine(id);
      if (machine?.marks?.owner === marks.owner) await cloud.mark(id, marks);
    },
    reboot: ({ id }) => unlessBusy(cloud.reboot(id)),
    guestReport: ({ id }) => cloud.guestReport(id),

    async delete({ instanceId, footprint, observed }) {
      const machines = observed.machine?.all ?? [];
      for (const machine of machines) {
        if (machine.state === "running" || machine.state === "halted") await cloud.terminate(machine.id);
        else if (machine.state === "stopped" || machine.state === "starting")
          await cloud.deleteMachine(machine.id);
      }
      if (machines.length > 0 || (!observed.machine && footprint.machine !== undefined)) return "deleting";
      const mine = new Set([...footprint.volumes.map(({ id }) => id), ...footprint.addresses]);
      const unknown =
        (footprint.volumes.length > 0 && !observed.volume) ||
        (footprint.addresses.length > 0 && !observed.address);
      const parts = [...(observed.volume?.parts ?? []), ...(observed.address?.parts ?? [])];
      for (const part of parts)
        if (part.idle && (mine.has(part.id) || part.instanceId === instanceId))
          await cloud.deletePart(part.id);
      return unknown || parts.length > 0 ? "deleting" : "gone";
    },

    ...fakeResources(cloud),
    catalog,
    validate: async () => [],
    async price({ ipv4, volumes = [] }) {
      const disks = 1 + volumes.filter(({ sizeGb }) => sizeGb !== undefined).length;
      return {
        currency: "EUR",
        machine: SMALL_MICROS_PER_HOUR,
        addresses: ipv4 ? 4_000 : 0,
        volumes: disks * 1_000,
      };
    },
  };
}

// A machine that is on its way already is left to it.
async function unlessBusy(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === "conflict")) throw error;
  }
}

const catalog: Catalog = {
  types: async () => [
    {
      name: "small",
      vcpus: 1,
      memoryGib: 1,
      arch: "x86_64",
      priceMicrosPerHour: SMALL_MICROS_PER_HOUR,
      available: true,
    },
  ],
  images: async () => [{ label: "linux", name: "Linux" }],
};

/** One that is over may be shown for a while. */
const isThere = ({ goneAt }: FakeMachine): boolean => goneAt === undefined;

const machineView = (machine: FakeMachine): Machine => ({
  id: machine.id,
  zone: machine.zone,
  name: machine.name,
  owner: machine.marks!.owner,
  instanceId: machine.marks!.instanceId,
  expiresAt: Math.floor(machine.marks!.expiresAt / 1000) * 1000,
  state: machine.state,
  ips: machine.state === "running" ? [machine.ip] : [],
  volumes: [machine.volume, ...(machine.volumes ?? [])].map((id) => ({ id, kind: "disk" })),
  addresses: machine.addresses,
  nics: [],
  createdAt: machine.createdAt,
});

const partView = (part: FakePart): Part => ({
  kind: part.kind,
  id: part.id,
  zone: part.zone,
  owner: part.marks?.owner,
  instanceId: part.marks?.instanceId,
  attachedTo: part.machine,
  idle: part.machine === undefined,
  type: part.kind === "volume" ? "disk" : "address",
  createdAt: part.createdAt,
});
