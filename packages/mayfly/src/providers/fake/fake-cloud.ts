import type { Clock } from "../../clock.ts";
import type { MachineState } from "../../lifecycle/observed.ts";
import type { Random } from "../../random.ts";
import { ProviderError } from "../error.ts";
import type { Marks } from "../provider.ts";
import { createFakeNames } from "./fake-named.ts";
import type { FakeNames } from "./fake-named.ts";

/** The chance that it is out of what is out of stock. */
const OUT_OF_STOCK = 0.7;

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
  setUserData(machineId: string, userData: string): Promise<void>;
  /** From its next boot on the guest may report about itself. */
  letReport(machineId: string): Promise<void>;
  /** What the guest reported; undefined: nothing yet. */
  guestReport(machineId: string): Promise<string | undefined>;
  powerOn(machineId: string): Promise<void>;
  powerOff(machineId: string): Promise<void>;
  mark(machineId: string, marks: Marks): Promise<void>;
  reboot(machineId: string): Promise<void>;
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

export interface FakeKnobs {
  /** Thrown by the next call that changes something, before it has any effect. */
  nextError?: ProviderError;
  /** Every machine that is started from now on stays `starting`. */
  neverBoots: boolean;
  /** A new thing appears in lists, and a deleted one vanishes from them, at most so much later. */
  lagMs: number;
  /** The chance that a list leaves out a machine that has been there for a minute. */
  flicker: number;
  /** What the guest of a machine that may report has reported by now. */
  report: (machine: FakeMachine) => string | undefined;
  /** Whether an SSH server greets whoever comes to this running machine. */
  greets: (machine: FakeMachine) => boolean;
}

/** Types of machine that misbehave, named for what they do. Out of stock is so only most of the time. */
export const FAKE_SENTINELS = {
  outOfStock: "out-of-stock",
  overQuota: "over-quota",
  neverBoots: "never-boots",
} as const;

export interface FakeMachine {
  id: string;
  name: string;
  zone: string;
  type?: string;
  marks?: Marks;
  state: MachineState;
  volume: string;
  addresses: string[];
  /** The private network that it is in. */
  network?: string | undefined;
  /** The firewall that it is behind. */
  firewall?: string;
  userData?: string;
  /** Whether it had user data when it was first powered on. */
  bootedWithUserData?: boolean;
  /** Its guest may report, and could when it was first powered on. */
  reports?: boolean;
  bootedReporting?: boolean;
  /** Where it is reached while it runs. */
  ip: string;
  /** When it began to run for the first time. */
  upAt?: number;
  createdAt: number;
  /** What it turns into, and when. `gone`: it is not there any more. */
  next?: { at: number; state: MachineState | "gone" };
  goneAt?: number;
}

export interface FakePart {
  id: string;
  kind: "volume" | "address";
  name?: string;
  zone: string;
  marks?: Marks;
  /** For whom it came into being, which the cloud does not show. */
  madeFor?: string;
  machine?: string;
  /** When it lets go of a machine that is gone. */
  idleAt?: number;
  createdAt: number;
  goneAt?: number;
}

export interface FakeCloudOptions {
  clock: Clock;
  random: Random;
  /** The knob's first position. @default 0 */
  lagMs?: number;
  /** @default 3_000 */
  bootMs?: number;
}

export function createFakeCloud({ clock, random, lagMs = 0, bootMs = 3_000 }: FakeCloudOptions): FakeCloud {
  const machines = new Map<string, FakeMachine>();
  const parts = new Map<string, FakePart>();
  const knobs: FakeKnobs = {
    neverBoots: false,
    lagMs,
    flicker: 0,
    report: () => '{"version":1,"status":"done"}',
    greets: () => true,
  };
  const id = (kind: string) => `${kind}-${Buffer.from(random.bytes(6)).toString("hex")}`;

  // Everything that was to happen by now has happened.
  const settle = () => {
    const now = clock.now();
    for (const machine of machines.values()) {
      while (machine.next && machine.next.at <= now && machine.goneAt === undefined) {
        const { state, at } = machine.next;
        machine.next = undefined;
        if (state === "gone") leave(machine, at);
        else machine.state = state;
        if (state === "running") machine.upAt ??= at;
      }
    }
    for (const part of parts.values()) {
      if (part.idleAt === undefined || part.idleAt > now) continue;
      part.machine = undefined;
      part.idleAt = undefined;
    }
  };
  const leave = (machine: FakeMachine, at: number) => {
    machine.goneAt = at;
    for (const part of parts.values())
      if (part.machine === machine.id) part.idleAt = at + 2_000 + 6_000 * random.fraction();
  };
  const change = () => {
    settle();
    const error = knobs.nextError;
    knobs.nextError = undefined;
    if (error) throw error;
  };
  const names = createFakeNames({ clock, newId: id, change });
  const present = (thing: { goneAt?: number }) => thing.goneAt === undefined;
  const machineOf = (machineId: string): FakeMachine => {
    const machine = machines.get(machineId);
    if (!machine || !present(machine)) throw new ProviderError("conflict", `no machine ${machineId}`);
    return machine;
  };
  const shown = <T extends { createdAt: number; goneAt?: number; zone: string }>(
    things: Iterable<T>,
    zone: string,
  ): T[] => {
    settle();
    const now = clock.now();
    const lag = knobs.lagMs * random.fraction();
    return [...things]
      .filter(
        (thing) =>
          thing.zone === zone &&
          thing.createdAt + lag <= now &&
          (thing.goneAt === undefined || thing.goneAt + lag > now),
      )
      .map((thing) => ({ ...thing }));
  };
  const makePart = (part: Omit<FakePart, "id" | "createdAt">): FakePart => {
    const made = { ...part, id: id(part.kind), createdAt: clock.now() };
    parts.set(made.id, made);
    return made;
  };

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
      if (type === FAKE_SENTINELS.outOfStock && random.fraction() < OUT_OF_STOCK)
        throw new ProviderError("insufficient_capacity", `no ${type} is left`);
      if (type === FAKE_SENTINELS.overQuota)
        throw new ProviderError("quota_exceeded", `more ${type} than this account may have`);
      const held = [...addresses, ...volumes].find((part) => parts.get(part)?.machine !== undefined);
      if (held !== undefined) throw new ProviderError("conflict", `${held} is in use`);
      for (const shared of [network, firewall])
        if (shared !== undefined && !names.named.has(shared))
          throw new ProviderError("conflict", `no ${shared}`);
      const machineId = id("machine");
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
      machine.state = "starting";
      machine.bootedWithUserData ??= machine.userData !== undefined || machine.reports === true;
      machine.bootedReporting ??= machine.reports === true;
      if (!knobs.neverBoots && machine.type !== FAKE_SENTINELS.neverBoots)
        machine.next = { at: clock.now() + bootMs * (1 + random.fraction()), state: "running" };
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
