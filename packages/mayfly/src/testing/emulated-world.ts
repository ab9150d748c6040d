import { createEmulator } from "@mayfly/emulator";
import type { Emulator } from "@mayfly/emulator";
import type { Commands } from "../api/commands.ts";
import { createCommands } from "../controllers/commands.ts";
import { createControllers } from "../controllers/controllers.ts";
import type { Account, Ports } from "../controllers/ports.ts";
import { createTrustedTime } from "../controllers/trusted-time.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import type { ConnectScalewayOptions } from "../providers/scaleway/connect.ts";
import type { Provider } from "../providers/provider.ts";
import { createTimerScheduler } from "../scheduler/timer.ts";
import { createMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { createInterceptor } from "./interceptor.ts";
import { seededRandom } from "./seeded-random.ts";
import { silentLog } from "./silent-log.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** The whole core on an emulated Scaleway, through the official SDK, on virtual time. Nothing fails here. */
export interface EmulatedWorld {
  clock: VirtualClock;
  emulator: Emulator;
  store: Store;
  commands: Commands;
  /** Lets time go by until it is so; throws when that takes longer than `boundMs`. Answers how long it took. */
  passUntil(what: string, isSo: () => Promise<boolean>, boundMs: number): Promise<number>;
  passFor(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface EmulatedWorldOptions {
  /** @default 1 */
  seed?: number;
  /** @default connectScaleway's provider, behind its limiter */
  connect?: (options: ConnectScalewayOptions) => Provider;
}

export async function startEmulatedWorld(options: EmulatedWorldOptions = {}): Promise<EmulatedWorld> {
  const { seed = 1, connect = (how) => connectScaleway(how).provider } = options;
  const random = seededRandom(seed);
  const clock = createVirtualClock();
  const emulator = createEmulator({ now: clock.now, seed });
  const { wrap, busy } = createInterceptor(() => undefined);
  const store = wrap("store", createMemoryStore({ random }));
  const time = createTrustedTime(clock, () => undefined);
  const provider = connect({
    credentials: {
      accessKey: "SCWEMULATEDWORLD0000",
      secretKey: "11111111-2222-4333-8444-555555555555",
      projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
    },
    defaultZone: "fr-par-1",
    clock,
    random,
    fetch: wrap("fetch", (request: Request) => emulator.fetch(request)),
    heard: time.heard,
  });
  const account: Account = { name: "default", provider, defaultZone: "fr-par-1", sweepAllZones: false };
  const ports: Ports = {
    store,
    scheduler: createTimerScheduler({ rows: store, clock }),
    clock,
    random,
    time,
    accounts: new Map([[account.name, account]]),
    log: silentLog,
  };
  const controllers = createControllers(ports);
  const commands = createCommands(ports, () => Promise.reject(new Error("no doctor here")));
  await controllers.start();

  // Everything goes on that can do so without the clock.
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 2 || (busy() > 0 && turn < 50); turn++)
      await new Promise((resolve) => setImmediate(resolve));
  }

  async function passUntil(what: string, isSo: () => Promise<boolean>, boundMs: number): Promise<number> {
    const began = clock.now();
    for (;;) {
      await settle();
      if (await isSo()) return clock.now() - began;
      const next = clock.nextAt();
      if (next === undefined || next - began > boundMs)
        throw new Error(`${what}: not within ${boundMs} ms of the world's time`);
      await clock.advance(Math.max(0, next - clock.now()));
    }
  }

  return {
    clock,
    emulator,
    store,
    commands,
    passUntil,
    async passFor(ms) {
      const end = clock.now() + ms;
      void clock.sleep(ms);
      await passUntil("time", async () => clock.now() >= end, ms);
    },
    async stop() {
      const stopped = controllers.stop().then(() => true);
      let done = false;
      void stopped.then(() => (done = true));
      await passUntil("stop", async () => done, 60_000);
    },
  };
}
