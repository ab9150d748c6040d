import type { Commands } from "../api/commands.ts";
import type { Clock } from "../clock.ts";
import { createCommands } from "../controllers/commands.ts";
import { createControllers } from "../controllers/controllers.ts";
import type { Controllers } from "../controllers/controllers.ts";
import type { Ports } from "../controllers/ports.ts";
import { createStoreClock } from "../controllers/store-clock.ts";
import { createTrustedTime } from "../controllers/trusted-time.ts";
import { createTimerScheduler } from "../scheduler/timer.ts";
import { createInterceptor } from "./interceptor.ts";
import type { seededRandom } from "./seeded-random.ts";
import { silentLog } from "./silent-log.ts";
import type { SimCloud } from "./sim-cloud.ts";
import type { SimFaults } from "./sim-faults.ts";
import type { OpenSimStore } from "./sim-store.ts";

// Many leases long.
const LONGEST_STANDSTILL_MS = 60_000;

/** A worker that is started again whenever it dies. */
export interface SimProcess {
  /** Undefined while it is dead. */
  commands(): Commands | undefined;
  /** Calls that are under way. */
  busy(): number;
  /** The world is over: what still waits, and has the whole world in memory, is told so, also in processes long dead. */
  end(): void;
}

export interface SimProcessOptions {
  name: string;
  /** Called whenever it starts. */
  openStore: () => OpenSimStore;
  cloud: SimCloud;
  /** The true time, and what this machine's wall clock says. */
  clock: Clock;
  wall: Clock;
  random: ReturnType<typeof seededRandom>;
  /** It shares the store with others, as processes on other machines do. */
  together: boolean;
  fate: SimFaults["fate"];
  tell: (line: string) => void;
  /** Tell what the log says. */
  loud: boolean;
  died: () => void;
}

export function startSimProcess(options: SimProcessOptions): SimProcess {
  const { name, openStore, cloud, clock, wall, random, together, loud, died } = options;
  const tell = (line: string) => options.tell(`${name}: ${line}`);
  const fate = (site: string) => options.fate(site, tell);
  let running: { commands: Commands; busy: () => number; rows: OpenSimStore } | undefined;
  let over = false;
  const ends: (() => void)[] = [];

  function boot(): void {
    const interceptor = createInterceptor(die, standStill);
    tell("starts");
    const own = interceptor.wrap<Clock>("clock", wall);
    const rows = openStore();
    const storeClock = together ? createStoreClock(own) : undefined;
    const reached = { clock: storeClock ?? own, store: interceptor.wrap("store", rows.store, fate) };
    const time = createTrustedTime(reached.clock, tell);
    const account = cloud.connect({ interceptor, clock: reached.clock, random, time, fate });
    const scheduler = createTimerScheduler({ rows: reached.store, clock: reached.clock });
    const ports: Ports = {
      ...reached,
      scheduler: interceptor.wrap("scheduler", scheduler, fate),
      random,
      accounts: new Map([[account.name, account]]),
      time,
      ...(together && { together: { as: name } }),
      log: loud ? { ...silentLog, info: told, warn: told, error: told } : silentLog,
    };
    running = {
      commands: createCommands(ports, () => Promise.reject(new Error("no doctor here"))),
      busy: interceptor.busy,
      rows,
    };
    const controllers = createControllers(ports);
    const over = new AbortController();
    ends.push(() => {
      interceptor.crash();
      over.abort("the world is over");
      void controllers.stop();
    });
    void (async () => {
      await storeClock?.follow(reached.store, over.signal);
      await start(controllers, reached.clock);
    })();
  }

  function die(): void {
    if (over) return;
    died();
    running?.rows.die();
    running = undefined;
    tell("dies");
    void clock.sleep(500 + random.below(15_000)).then(boot);
  }

  function standStill(goOn: () => void): void {
    const forMs = 1_000 + random.below(LONGEST_STANDSTILL_MS);
    tell(`stands still for ${Math.round(forMs / 1_000)} s`);
    void clock.sleep(forMs).then(() => {
      tell("goes on");
      goOn();
    });
  }

  async function start(controllers: Controllers, reached: Clock): Promise<void> {
    for (;;) {
      try {
        return await controllers.start();
      } catch (error) {
        tell(`could not start: ${String(error)}`);
        await reached.sleep(1_000);
      }
    }
  }

  const told = (fields: object, message: string) => tell(`${message} ${JSON.stringify(fields, readable)}`);

  boot();
  return {
    commands: () => running?.commands,
    busy: () => running?.busy() ?? 0,
    end() {
      over = true;
      for (const end of ends) end();
    },
  };
}

const readable = (_key: string, value: unknown) => (value instanceof Error ? value.message : value);
