import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { ProviderError } from "../error.ts";
import type { Marks } from "../provider.ts";
import { expectStock } from "./expect-stock.ts";
import type { FakeKnobs } from "./fake-knobs.ts";
import type { FakeMachine } from "./fake-machine.ts";
import { createFakeNames } from "./fake-named.ts";
import type { FakeNames } from "./fake-named.ts";
import type { FakePart } from "./fake-part.ts";
import { FAKE_SENTINELS } from "./fake-sentinels.ts";
import { createFakeThings } from "./fake-things.ts";
import { createRunMachine } from "./run-machine.ts";
import type { RunRequest } from "./run-machine.ts";

/**
 * A cloud in memory that is harsher than real ones: lists lag as far as it declares, volumes outlive their machine and
 * cling to it, nothing can be deleted in a hurry, and every call can be refused by a knob.
 */
export interface FakeCloud extends FakeNames {
  createAddress(marks: Marks): Promise<string>;
  /** Takes every machine out of it. */
  emptyNetwork(id: string): Promise<void>;
  /** How many there are, lag or not. */
  machinesBehind(firewall: string): Promise<number>;
  createVolume(marks: Marks, name: string): Promise<string>;
  createMachine(request: {
    marks: Marks;
    name: string;
    zone: string;
    /** @default one that behaves */
    type?: string;
    addresses: string[];
    /** Beside its root. */
    volumes?: string[];
    network?: string;
    firewall?: string;
  }): Promise<FakeMachine>;
  /** All at once, as EC2 does it: made with its parts, marked, and powered on. */
  runMachine(request: RunRequest): Promise<FakeMachine>;
  setUserData(machineId: string, userData: string): Promise<void>;
  /** From its next boot on the guest may report about itself. */
  letReport(machineId: string): Promise<void>;
  /** What the guest reported; undefined: nothing yet. */
  guestReport(machineId: string): Promise<string | undefined>;
  powerOn(machineId: string): Promise<void>;
  powerOff(machineId: string): Promise<void>;
  mark(machineId: string, marks: Marks): Promise<void>;
  reboot(machineId: string): Promise<void>;
  /** The guest shuts itself down. */
  shutDown(machineId: string): void;
  /** Ends a running or halted machine; its volumes and addresses stay. */
  terminate(machineId: string): Promise<void>;
  deleteMachine(machineId: string): Promise<void>;
  deletePart(id: string): Promise<void>;
  listMachines(zone: string): Promise<FakeMachine[]>;
  listParts(zone: string): Promise<FakePart[]>;
  /** By its id a thing is found at once; undefined: it is not there. */
  getMachine(id: string): Promise<FakeMachine | undefined>;
  getPart(id: string): Promise<FakePart | undefined>;

  /** What exists this moment, lag or not. */
  exists(): { machines: FakeMachine[]; parts: FakePart[] };
  /** Somebody else's doing, or a test's. */
  machines: Map<string, FakeMachine>;
  parts: Map<string, FakePart>;
  knobs: FakeKnobs;
}

export interface FakeCloudOptions {
  clock: Clock;
  random: Random;
  /** The knob's first position. @default 0 */
  lagMs?: number;
  /** @default 3_000 */
  bootMs?: number;
  /** For how long lists go on showing a machine that is over, as such. @default 0 */
  showsGoneMs?: number;
}

export function createFakeCloud(options: FakeCloudOptions): FakeCloud {
  const { clock, random, lagMs = 0, bootMs = 3_000, showsGoneMs = 0 } = options;
  const knobs: FakeKnobs = {
    neverBoots: false,
    lagMs,
    flicker: 0,
    report: () => '{"version":1,"status":"done"}',
    greets: () => true,
  };
  const things = createFakeThings({ clock, random, knobs, showsGoneMs });
  const { machines, parts, newId, settle, change, machineOf, makePart, leave, shown } = things;
  const names = createFakeNames({ clock, newId, change });
  const present = (thing: { goneAt?: number }) => thing.goneAt === undefined;
  const boot = (machine: FakeMachine) => {
    machine.state = "starting";
    machine.bootedWithUserData ??= machine.userData !== undefined || machine.reports === true;
    machine.bootedReporting ??= machine.reports === true;
    if (!knobs.neverBoots && machine.type !== FAKE_SENTINELS.neverBoots)
      machine.next = { at: clock.now() + bootMs * (1 + random.fraction()), state: "running" };
  };
  const run = createRunMachine({ things, named: names.named, clock, random, boot });

  return {
    ...names,
    async deleteNamed(namedId) {
      const uses = ({ network, firewall }: FakeMachine) => network === namedId || firewall === namedId;
      if ([...machines.values()].some((machine) => present(machine) && uses(machine)))
        throw new ProviderError("conflict", `${namedId} is in use`);
      await names.deleteNamed(namedId);
    },
    async emptyNetwork(network) {
      change();
      for (const machine of machines.values()) if (machine.network === network) machine.network = undefined;
    },
    async machinesBehind(firewall) {
      settle();
      return [...machines.values()].filter((machine) => present(machine) && machine.firewall === firewall)
        .length;
    },
    machines,
    parts,
    knobs,
    async createAddress(marks) {
      change();
      return makePart({ kind: "address", zone: "fake-1", marks, madeFor: marks.instanceId }).id;
    },
    async createVolume(marks, name) {
      change();
      return makePart({ kind: "volume", zone: "fake-1", name, marks, madeFor: marks.instanceId }).id;
    },
    async createMachine({ marks, name, zone, type, addresses, volumes = [], network, firewall }) {
      change();
      expectStock(type, random);
      const held = [...addresses, ...volumes].find((part) => parts.get(part)?.machine !== undefined);
      if (held !== undefined) throw new ProviderError("conflict", `${held} is in use`);
      for (const shared of [network, firewall])
        if (shared !== undefined && !names.named.has(shared))
          throw new ProviderError("conflict", `no ${shared}`);
      const machineId = newId("machine");
      const volume = makePart({ kind: "volume", zone, madeFor: marks.instanceId, machine: machineId });
      for (const id of [...addresses, ...volumes]) {
        const part = parts.get(id);
        if (!part || !present(part)) throw new ProviderError("invalid_input", `no ${id}`);
        part.machine = machineId;
      }
      const machine: FakeMachine = {
        id: machineId,
        name,
        zone,
        marks,
        state: "stopped",
        volume: volume.id,
        addresses,
        ...(type !== undefined && { type }),
        ip: `198.18.${machines.size >> 8}.${machines.size & 255}`,
        ...(network !== undefined && { network }),
        ...(firewall !== undefined && { firewall }),
        createdAt: clock.now(),
      };
      machines.set(machineId, machine);
      return structuredClone(machine);
    },
    runMachine: async (request) => run(request),
    async setUserData(machineId, userData) {
      change();
      machineOf(machineId).userData = userData;
    },
    async letReport(machineId) {
      change();
      machineOf(machineId).reports = true;
    },
    async guestReport(machineId) {
      settle();
      const machine = machines.get(machineId);
      return machine?.reports && machine.upAt !== undefined && present(machine)
        ? knobs.report(machine)
        : undefined;
    },
    async powerOn(machineId) {
      change();
      const machine = machineOf(machineId);
      if (machine.state !== "stopped" && machine.state !== "halted")
        throw new ProviderError("conflict", `${machineId} should be stopped`);
      boot(machine);
    },
    async powerOff(machineId) {
      change();
      const machine = machineOf(machineId);
      if (machine.state !== "running" && machine.state !== "halted")
        throw new ProviderError("conflict", `${machineId} is ${machine.state}`);
      machine.state = "stopping";
      machine.next = { at: clock.now() + 5_000, state: "stopped" };
    },
    async mark(machineId, marks) {
      change();
      machineOf(machineId).marks = marks;
    },
    async reboot(machineId) {
      change();
      const machine = machineOf(machineId);
      if (machine.state !== "running")
        throw new ProviderError("conflict", `${machineId} is ${machine.state}`);
      machine.state = "stopping";
      machine.next = { at: clock.now() + 5_000, state: "running" };
    },
    shutDown(machineId) {
      settle();
      const machine = machineOf(machineId);
      if (machine.state !== "running") return;
      const becomes = { stop: "stopped", terminate: "gone" } as const;
      if (machine.onShutdown === undefined) machine.state = "halted";
      else {
        machine.state = "stopping";
        machine.next = { at: clock.now() + 4_000, state: becomes[machine.onShutdown] };
      }
    },
    async terminate(machineId) {
      change();
      const machine = machineOf(machineId);
      if (machine.state !== "running" && machine.state !== "halted")
        throw new ProviderError("conflict", `${machineId} is ${machine.state}`);
      machine.state = "stopping";
      machine.next = { at: clock.now() + 4_000 * (1 + random.fraction()), state: "gone" };
    },
    async deleteMachine(machineId) {
      change();
      const machine = machineOf(machineId);
      // One that never came up can be deleted as well: this cloud has no other way out of `starting`.
      if (machine.state !== "stopped" && machine.state !== "starting")
        throw new ProviderError("conflict", `${machineId} should be stopped`);
      leave(machine, clock.now());
    },
    async deletePart(partId) {
      change();
      const part = parts.get(partId);
      if (!part || !present(part)) return;
      if (part.machine !== undefined) throw new ProviderError("conflict", `${partId} is in use`);
      part.goneAt = clock.now();
    },
    async listMachines(zone) {
      const missed = (machine: FakeMachine) =>
        clock.now() - machine.createdAt > 60_000 && random.fraction() < knobs.flicker;
      return shown(machines.values(), zone).filter((machine) => !missed(machine));
    },
    async getMachine(machineId) {
      settle();
      const machine = machines.get(machineId);
      return machine && present(machine) ? structuredClone(machine) : undefined;
    },
    async getPart(partId) {
      settle();
      const part = parts.get(partId);
      return part && present(part) ? structuredClone(part) : undefined;
    },
    async listParts(zone) {
      return shown(parts.values(), zone);
    },
    exists() {
      settle();
      return { machines: [...machines.values()].filter(present), parts: [...parts.values()].filter(present) };
    },
  };
}
