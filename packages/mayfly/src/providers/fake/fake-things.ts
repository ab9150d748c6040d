import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { ProviderError } from "../error.ts";
import type { FakeKnobs } from "./fake-knobs.ts";
import type { FakeMachine } from "./fake-machine.ts";
import type { FakePart } from "./fake-part.ts";

/** What there is in the fake cloud, what time makes of it, and what lists show of it. */
export interface FakeThings {
  machines: Map<string, FakeMachine>;
  parts: Map<string, FakePart>;
  newId(kind: string): string;
  /** Everything that was to happen by now has happened. */
  settle(): void;
  /** To be called first by each call that changes something; it may throw. */
  change(): void;
  /** Throws a `conflict` when it is not there. */
  machineOf(id: string): FakeMachine;
  makePart(part: Omit<FakePart, "id" | "createdAt">): FakePart;
  leave(machine: FakeMachine, at: number): void;
  /** Those of the zone, as far as a list of this moment knows. */
  shown<T extends FakeMachine | FakePart>(things: Iterable<T>, zone: string): T[];
}

/** @param options.showsGoneMs for how long lists go on showing a machine that is over, as such */
export function createFakeThings(options: {
  clock: Clock;
  random: Random;
  knobs: FakeKnobs;
  showsGoneMs: number;
}): FakeThings {
  const { clock, random, knobs, showsGoneMs } = options;
  const machines = new Map<string, FakeMachine>();
  const parts = new Map<string, FakePart>();
  const newId = (kind: string) => `${kind}-${Buffer.from(random.bytes(6)).toString("hex")}`;

  const settle = () => {
    const now = clock.now();
    for (const machine of machines.values()) {
      while (machine.next && machine.next.at <= now && isThere(machine)) {
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
    for (const part of parts.values()) {
      if (part.machine !== machine.id) continue;
      if (part.goesWithMachine) part.goneAt = at;
      else part.idleAt = at + 2_000 + 6_000 * random.fraction();
    }
  };

  return {
    machines,
    parts,
    newId,
    settle,
    leave,
    change() {
      settle();
      const error = knobs.nextError;
      knobs.nextError = undefined;
      if (error) throw error;
    },
    machineOf(id) {
      const machine = machines.get(id);
      if (!machine || !isThere(machine)) throw new ProviderError("conflict", `no machine ${id}`);
      return machine;
    },
    makePart(part) {
      const made = { ...part, id: newId(part.kind), createdAt: clock.now() };
      parts.set(made.id, made);
      return made;
    },
    shown(things, zone) {
      settle();
      const now = clock.now();
      const lag = knobs.lagMs * random.fraction();
      const goneFor = ({ goneAt }: FakeMachine | FakePart) =>
        goneAt === undefined ? -Infinity : now - lag - goneAt;
      return [...things]
        .filter((thing) => thing.zone === zone && thing.createdAt + lag <= now)
        .filter((thing) => goneFor(thing) < ("state" in thing ? showsGoneMs : 0))
        .map((thing) => {
          const { goneAt: _goneAt, ...asBefore } = thing;
          return goneFor(thing) < 0 ? (asBefore as typeof thing) : { ...thing };
        });
    },
  };
}

const isThere = ({ goneAt }: { goneAt?: number }) => goneAt === undefined;
