import type { Emulator } from "@mayfly/emulator";
import type { Commands } from "../api/commands.ts";
import type { Clock } from "../clock.ts";
import { createCommands } from "../controllers/commands.ts";
import { createControllers } from "../controllers/controllers.ts";
import type { Account, Ports } from "../controllers/ports.ts";
import { createTrustedTime } from "../controllers/trusted-time.ts";
import type { Provider } from "../providers/provider.ts";
import type { ConnectScalewayOptions } from "../providers/scaleway/connect.ts";
import type { Random } from "../random.ts";
import { createTimerScheduler } from "../scheduler/timer.ts";
import type { Store } from "../store/store.ts";
import { createInterceptor } from "./interceptor.ts";
import type { Fate } from "./interceptor.ts";
import { silentLog } from "./silent-log.ts";

/** One process of the real core: the controllers and what users ask them. */
export interface EmulatedWorker {
  commands: Commands;
  /** Calls that are under way. */
  busy(): number;
  alive(): boolean;
  stop(): Promise<void>;
}

export interface EmulatedWorkerOptions {
  clock: Clock;
  emulator: Emulator;
  store: Store;
  random: Random;
  connect: (options: ConnectScalewayOptions) => Provider;
  /** What befalls each call to the cloud. @default they go through */
  fate?: () => Fate;
  /** How long a frozen process stands still. @default 30_000 */
  frozenMs?: number;
}

export async function startEmulatedWorker(options: EmulatedWorkerOptions): Promise<EmulatedWorker> {
  const { emulator, random, connect, fate = () => "through" as const, frozenMs = 30_000 } = options;
  const interceptor = createInterceptor(
    () => undefined,
    (goOn) => void options.clock.sleep(frozenMs).then(goOn),
  );
  const clock = interceptor.wrap<Clock>("clock", options.clock);
  const store = interceptor.wrap("store", options.store);
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
    fetch: interceptor.wrap("fetch", (request: Request) => emulator.fetch(request), fate),
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
  return {
    commands,
    busy: interceptor.busy,
    alive: interceptor.alive,
    // What a dead process waits for never comes.
    stop: () => (interceptor.alive() ? controllers.stop() : Promise.resolve()),
  };
}
