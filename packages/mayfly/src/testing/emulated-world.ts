import { createEmulator } from "@mayfly/emulator";
import type { Emulator } from "@mayfly/emulator";
import type { Commands } from "../api/commands.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import type { ConnectScalewayOptions } from "../providers/scaleway/connect.ts";
import type { Provider } from "../providers/provider.ts";
import { createMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import { startEmulatedWorker } from "./emulated-worker.ts";
import type { EmulatedWorker } from "./emulated-worker.ts";
import type { Fate } from "./interceptor.ts";
import { seededRandom } from "./seeded-random.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** The whole core on an emulated Scaleway, through the official SDK, on virtual time. Nothing fails here by itself. */
export interface EmulatedWorld {
  clock: VirtualClock;
  emulator: Emulator;
  store: Store;
  /** Of the first worker. */
  commands: Commands;
  /** Another process on the same rows and the same cloud. */
  startWorker(): Promise<EmulatedWorker>;
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
  /** What befalls each call of the first worker to the cloud. @default they go through */
  fate?: () => Fate;
}

export async function startEmulatedWorld(options: EmulatedWorldOptions = {}): Promise<EmulatedWorld> {
  const { seed = 1, connect = (how) => connectScaleway(how).provider, fate } = options;
  const random = seededRandom(seed);
  const clock = createVirtualClock();
  const emulator = createEmulator({ now: clock.now, seed });
  const store = createMemoryStore({ random });
  const workers: EmulatedWorker[] = [];
  const startWorker = async (how: { fate?: () => Fate } = {}) => {
    const worker = await startEmulatedWorker({ clock, emulator, store, random, connect, ...how });
    workers.push(worker);
    return worker;
  };
  const { commands } = await startWorker({ fate });
  const isBusy = () => workers.some((worker) => worker.alive() && worker.busy() > 0);

  // Everything goes on that can do so without the clock.
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 2 || (isBusy() && turn < 50); turn++)
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
    startWorker: () => startWorker(),
    passUntil,
    async passFor(ms) {
      const end = clock.now() + ms;
      void clock.sleep(ms);
      await passUntil("time", async () => clock.now() >= end, ms);
    },
    async stop() {
      let done = false;
      void Promise.all(workers.map((worker) => worker.stop())).then(() => (done = true));
      await passUntil("stop", async () => done, 60_000);
    },
  };
}
