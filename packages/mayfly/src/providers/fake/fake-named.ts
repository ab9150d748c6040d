import type { Clock } from "../../clock.ts";
import type { Firewall } from "../resources/firewalls.ts";
import type { Key } from "../resources/keys.ts";
import type { Network } from "../resources/networks.ts";
import type { Named } from "../resources/resources.ts";
import type { Volume } from "../resources/volumes.ts";

/** What the fake cloud has with a name, by kind. */
export interface FakeKinds {
  network: Network;
  firewall: Firewall;
  volume: Volume;
  key: Key;
  snapshot: Named;
}

export type FakeNamed = { [K in keyof FakeKinds]: { kind: K } & FakeKinds[K] }[keyof FakeKinds];

/** The calls of the fake cloud for things with names. They are shown at once. */
export interface FakeNames {
  makeNamed<K extends keyof FakeKinds>(
    kind: K,
    made: (id: string) => Omit<FakeKinds[K], "id" | "createdAt">,
  ): Promise<FakeKinds[K]>;
  listNamed<K extends keyof FakeKinds>(kind: K): Promise<FakeKinds[K][]>;
  changeNamed<K extends keyof FakeKinds>(kind: K, id: string, change: Partial<FakeKinds[K]>): Promise<void>;
  deleteNamed(id: string): Promise<void>;

  /** Somebody else's doing, or a test's. */
  named: Map<string, FakeNamed>;
}

/** @param options.change called first by each call that changes something; it may throw */
export function createFakeNames(options: {
  clock: Clock;
  newId: (kind: string) => string;
  change: () => void;
}): FakeNames {
  const { clock, newId, change } = options;
  const named = new Map<string, FakeNamed>();
  const thingOf = <K extends keyof FakeKinds>({ kind: _kind, ...thing }: FakeNamed) =>
    structuredClone(thing) as unknown as FakeKinds[K];
  return {
    named,
    async makeNamed(kind, made) {
      change();
      const id = newId(kind);
      const thing = { ...made(id), kind, id, createdAt: clock.now() } as unknown as FakeNamed;
      named.set(id, structuredClone(thing));
      return thingOf(thing);
    },
    listNamed: async (kind) =>
      [...named.values()].filter((one) => one.kind === kind).map((one) => thingOf(one)),
    async changeNamed(kind, id, changes) {
      change();
      const thing = named.get(id);
      if (thing?.kind === kind) Object.assign(thing, structuredClone(changes));
    },
    async deleteNamed(id) {
      change();
      named.delete(id);
    },
  };
}
