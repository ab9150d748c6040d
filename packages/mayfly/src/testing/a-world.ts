import { createInstanceSchema } from "../api/create-instance.ts";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import { createCommands } from "../controllers/commands.ts";
import { createControllers } from "../controllers/controllers.ts";
import type { Account, Ports } from "../controllers/ports.ts";
import { createStoreClock } from "../controllers/store-clock.ts";
import { createTrustedTime } from "../controllers/trusted-time.ts";
import { createFakeCloud } from "../providers/fake/fake-cloud.ts";
import type { FakeCloudOptions } from "../providers/fake/fake-cloud.ts";
import { createFakeProvider } from "../providers/fake/fake.ts";
import type { Provider } from "../providers/provider.ts";
import { createTimerScheduler } from "../scheduler/timer.ts";
import { createMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { seededRandom } from "./seeded-random.ts";
import { createFakeProbe } from "./fake-probe.ts";
import { silentLog } from "./silent-log.ts";
import { createVirtualClock } from "./virtual-clock.ts";

interface BootOptions {
  store?: Store;
  accounts?: Record<string, Provider>;
  wrongByMs?: number;
  /** Shares the store with others, under this name. */
  together?: string;
}

/** The whole system in memory on the fake cloud, without faults: for tests of one controller among its peers. */
export async function aWorld(options: Pick<FakeCloudOptions, "lagMs"> = {}) {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const store = createMemoryStore({ random, clock });
  const cloud = createFakeCloud({ clock, random, ...options });
  const provider = createFakeProvider(cloud, clock);
  const guestReport = provider.guestReport!;
  const probe = createFakeProbe(cloud);
  const looks = { machine: 0, volume: 0, address: 0, sweeps: 0, reports: 0, greetings: 0 };

  /** A process on these ports; what lies in `over` stands in for its own. Its wall clock may be wrong. */
  async function boot(over: BootOptions = {}) {
    const own = { ...clock, now: () => clock.now() + (over.wrongByMs ?? 0) };
    const stopping = new AbortController();
    const storeClock = over.together === undefined ? undefined : createStoreClock(own);
    await storeClock?.follow(over.store ?? store, stopping.signal);
    const wall = storeClock ?? own;
    const time = createTrustedTime(wall, () => {});
    const reached = over.store ?? store;
    const accountOn = (name: string, provider: Provider): Account => ({
      name,
      defaultZone: "fake-1",
      sweepAllZones: false,
      probe: {
        ssh(addresses: readonly string[]) {
          looks.greetings += 1;
          return probe.ssh(addresses);
        },
      },
      provider: {
        ...provider,
        async list(query: Parameters<typeof provider.list>[0]) {
          if (query.kinds.size === 3) looks.sweeps += 1;
          else for (const kind of query.kinds) looks[kind] += 1;
          const inventory = await provider.list(query);
          time.heard(clock.now());
          return inventory;
        },
        guestReport(machine: Parameters<typeof guestReport>[0]) {
          looks.reports += 1;
          return guestReport(machine);
        },
      },
    });
    const accounts = Object.entries(over.accounts ?? { fake: provider });
    const scheduler = createTimerScheduler({ rows: reached, clock: wall });
    const ports: Ports = {
      store: reached,
      scheduler,
      clock: wall,
      random,
      time,
      log: silentLog,
      accounts: new Map(accounts.map(([name, on]) => [name, accountOn(name, on)])),
      ...(over.together !== undefined && { together: { as: over.together } }),
    };
    const controllers = createControllers(ports);
    const commands = createCommands(ports, () => Promise.reject(new Error("no doctor here")));
    await controllers.start();
    return {
      commands,
      async stop() {
        stopping.abort();
        await controllers.stop();
      },
      create: async (input: CreateInstanceInput = {}) =>
        (await commands.create(createInstanceSchema.parse({ type: "small", image: "linux", ...input })))
          .instance.id,
    };
  }

  return {
    clock,
    store,
    cloud,
    provider,
    looks,
    boot,
    /** What is told of somebody else's doing with its machine. */
    drifts: async (id: string) =>
      (await store.events({ after: 0, limit: 1_000 }))
        .filter(({ instanceId, kind }) => instanceId === id && kind === "drift")
        .map(({ reason }) => reason),
    row: async (id: string) => (await store.get(id))!,
    /** What exists in the cloud, as one line. */
    left: () => {
      const { machines, parts } = cloud.exists();
      return `machines ${machines.length} parts ${parts.length}`;
    },
  };
}
