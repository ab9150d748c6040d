import type { Clock } from "../clock.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Store } from "../store/store.ts";
import { createInvariants } from "./invariants.ts";
import type { Invariants, InvariantsOptions } from "./invariants.ts";
import { createPromised } from "./promised.ts";
import type { Promised } from "./promised.ts";
import type { Scenario, Wish } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SimCloud } from "./sim-cloud.ts";
import type { SimFaults } from "./sim-faults.ts";
import { startSimProcess } from "./sim-process.ts";
import type { SimProcess } from "./sim-process.ts";
import type { SimStore } from "./sim-store.ts";
import { createStoreWatch } from "./store-watch.ts";
import { startSimUsers } from "./sim-users.ts";
import type { SimUsers } from "./sim-users.ts";

/** One installation of Mayfly in a simulated world: a store, processes that die and start again, and its users. */
export interface SimInstallation {
  /** As the world sees it. */
  store: Store;
  processes: SimProcess[];
  users: SimUsers;
  promised: Promised;
  invariants: Invariants;
  /** All rows, deleted ones too, by id. */
  rows: () => Promise<ReadonlyMap<string, Instance>>;
}

export interface SimInstallationOptions {
  name: string;
  seed: number;
  rowsIn: SimStore;
  wishes: Wish[];
  workers: number;
  scenario: Scenario;
  cloud: SimCloud;
  clock: Clock;
  wall: Clock;
  fate: SimFaults["fate"];
  /** Which installation made an instance: told when one is inserted, asked by all. */
  owners: Map<string, string>;
  unmarked: InvariantsOptions["unmarked"];
  tell: (line: string) => void;
  loud: boolean;
  died: () => void;
}

export function startSimInstallation(options: SimInstallationOptions): SimInstallation {
  const { name, seed, rowsIn, wishes, workers, scenario, cloud, clock, wall } = options;
  const { fate, owners, unmarked, loud, died } = options;
  const random = seededRandom(seed);
  const tell = (line: string) => options.tell(name === "" ? line : `${name}: ${line}`);
  const { truth: store } = rowsIn;
  let writes = 0;
  const watch = createStoreWatch(store, (id) => {
    writes += 1;
    if (id !== undefined) owners.set(id, name);
  });
  // What is as it was is not read again.
  let seen = { writes: -1, rows: new Map<string, Instance>() };
  const rows = async () => {
    if (seen.writes !== writes) {
      const { instances } = await store.list({ limit: 1_000, all: true });
      seen = { writes, rows: new Map(instances.map((row) => [row.id, row])) };
    }
    return seen.rows;
  };
  let heardAt = -1;
  const eventsAfter = async (after: number) => {
    if (heardAt === writes) return [];
    heardAt = writes;
    return store.events({ after, limit: 1_000 });
  };
  const promised = createPromised();
  const processes = Array.from({ length: workers }, (_, index) => {
    const own = workers === 1 ? "service" : `worker ${index + 1}`;
    const aheadMs = scenario.together?.aheadMs[index];
    return startSimProcess({
      name: own,
      openStore() {
        const opened = rowsIn.open();
        return { ...opened, store: watch.watch(opened.store) };
      },
      cloud,
      clock,
      wall: { ...wall, now: () => wall.now() + (aheadMs ?? 0) },
      random,
      together: aheadMs !== undefined,
      fate,
      tell,
      loud,
      died,
    });
  });
  const answering = () => {
    const alive = processes.flatMap((process) => process.commands() ?? []);
    return alive[random.below(Math.max(1, alive.length))];
  };
  return {
    store,
    processes,
    promised,
    rows,
    users: startSimUsers({ wishes, store, clock, random, commands: answering, promised, tell }),
    invariants: createInvariants(cloud, {
      eventsAfter,
      rows,
      complaints: watch.complaints,
      countEvents: watch.countEvents,
      promised,
      unmarked,
      // What nobody inserted, a stray say, bears the mark of the first.
      isOurs: (instanceId) => (owners.get(instanceId) ?? "") === name,
      doublesPass: scenario.lag > 1,
      clockJumps: scenario.jumps.length > 0,
      steady: isSteady(scenario),
      exact: scenario.freeze === 0 && scenario.jumps.length === 0 && scenario.lag <= 1,
      wishes: wishes.length,
    }),
  };
}

const isSteady = ({ crash, freeze, storeBusy, slowStore, full, jumps }: Scenario) =>
  crash + freeze + storeBusy + slowStore === 0 && full === undefined && jumps.length === 0;
