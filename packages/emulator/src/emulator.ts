import { createAdvancedClock } from "./advanced-clock.ts";
import { createBill } from "./bill.ts";
import type { BillReport } from "./bill.ts";
import { createCalls } from "./calls.ts";
import type { CallCount } from "./calls.ts";
import { debounce, sleep, systemNow } from "./clock.ts";
import { createConsole } from "./console.ts";
import type { Console } from "./console.ts";
import { control } from "./control.ts";
import { createFaults } from "./faults.ts";
import type { Faults } from "./faults.ts";
import type { Guest } from "./guest.ts";
import { dispatch } from "./http/dispatch.ts";
import type { Dispatcher, Incoming } from "./http/dispatch.ts";
import { listen } from "./http/listen.ts";
import type { Listening, ListenOptions } from "./http/listen.ts";
import type { Answer } from "./http/route.ts";
import { createRouter } from "./http/router.ts";
import { toFetch } from "./http/to-fetch.ts";
import { history, leftovers } from "./inventory.ts";
import type { Leftovers, Past } from "./inventory.ts";
import { createRandom } from "./random.ts";
import { scaleway } from "./scaleway/scaleway.ts";
import { REGIONS, ZONES } from "./scaleway/seed/zones.ts";
import { loadState, saveState } from "./state-file.ts";
import { createWorld, settle } from "./world.ts";

export const DEFAULT_PROJECT_ID = "105bdce1-64c0-48ab-899d-868455867ecf";

export interface EmulatorOptions {
  /** Wall clock in epoch milliseconds. @default the system clock */
  now?: () => number;
  /** Seed of ids and addresses. @default random */
  seed?: number;
  /** Recorded durations of state changes are divided by this; the wall clock (Date header, creation dates) stays true. @default 1 */
  timeScale?: number;
  /** The only accepted X-Auth-Token; anything else gets the recorded 401. @default any UUID is accepted */
  secretKey?: string;
  /** The known project (and organization). @default DEFAULT_PROJECT_ID */
  projectId?: string;
  /** Refuse creates in unknown projects with the recorded 403. @default false */
  strictProjects?: boolean;
  /**
   * Whether v2alpha1 deletes a private network interface that a server has. Recordings up to August 2026 show 204; since
   * September the cloud answers 412 until the interface is detached. @default "allow"
   */
  nicDeleteV2alpha1?: "allow" | "refuse";
  /** Serve control endpoints under /_emulator. @default false */
  control?: boolean;
  /** Keep state in this file across restarts. @default in memory only */
  stateFile?: string;
  /** Plays the systems in machines, each time one is up. @default they do nothing but publish their host keys */
  guest?: Guest;
  /** How the `latency` fault waits. @default a timer */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Scaleway's HTTP API in memory. */
export interface Emulator {
  /** Use as a fetch: only the URL's path matters, and for object storage its host. */
  fetch: typeof fetch;
  /** Serve over node:http; loopback by default. */
  listen(options: ListenOptions): Promise<Listening>;
  /** Calls so far, refused and faulty ones included, by operation name. */
  calls(): CallCount;
  resetCalls(): void;
  /** What was created and not deleted. */
  leftovers(): Leftovers;
  /** Everything that ever existed, in the order of creation; the same array until something changes. */
  history(): readonly Past[];
  faults: Faults;
  /** Act as somebody else. */
  console: Console;
  /** Puts the clock forward: what falls due meanwhile happens, in its order. */
  advance(seconds: number): void;
  /** What everything that ran cost up to now. */
  bill(): BillReport;
  /** Back to an empty cloud at the true time: no objects, calls, faults or bill. */
  reset(): void;
  /** Writes the state file now, if it is behind. */
  flush(): void;
}

const SAVE_AFTER_MS = 50;

const products = scaleway();
const router = createRouter(products.routes);

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { steps, holds } = products;
  const clock = createAdvancedClock(options.now ?? systemNow);
  const world = createWorld({
    now: clock.now,
    bill: createBill(holds),
    random: createRandom(options.seed),
    timeScale: options.timeScale ?? 1,
    projectId: options.projectId ?? DEFAULT_PROJECT_ID,
    strictProjects: options.strictProjects ?? false,
    nicDeleteV2alpha1: options.nicDeleteV2alpha1 ?? "allow",
    guest: options.guest ?? (() => ({})),
  });
  const { stateFile } = options;
  const save =
    stateFile === undefined ? undefined : debounce(() => saveState(world, clock, stateFile), SAVE_AFTER_MS);
  if (stateFile !== undefined) loadState(world, clock, stateFile);

  const calls = createCalls();
  const { faults, strike } = createFaults();
  let past: readonly Past[] | undefined;
  const changed = (): void => {
    past = undefined;
    save?.();
  };
  const settleNow = (): void => {
    if (settle(world, steps)) changed();
  };
  const dispatcher: Dispatcher = {
    world,
    match: products.match,
    router,
    zones: ZONES,
    regions: REGIONS,
    secretKey: options.secretKey,
    count: calls.count,
    strike,
    sleep: options.sleep ?? sleep,
    listLagMs: () => faults.listLagMs,
    settle: settleNow,
    changed,
  };

  async function answer(incoming: Incoming): Promise<Answer | "cut"> {
    const controlled = options.control ? control(emulator, incoming) : undefined;
    return controlled ?? dispatch(dispatcher, incoming);
  }
  async function behindTheScenes(path: string, body: unknown): Promise<unknown> {
    const quiet: Dispatcher = { ...dispatcher, count: () => {}, strike: () => [] };
    const token = options.secretKey ?? DEFAULT_PROJECT_ID;
    const answered = await dispatch(quiet, { method: "POST", path, token, text: JSON.stringify(body) });
    if (answered === "cut" || answered.status >= 400) throw new Error(`${path}: ${JSON.stringify(answered)}`);
    return JSON.parse(answered.body);
  }

  const emulator: Emulator = {
    fetch: toFetch(answer),
    async listen(at) {
      const listening = await listen(answer, at);
      return {
        url: listening.url,
        async close() {
          await listening.close();
          save?.flush();
        },
      };
    },
    calls: calls.read,
    resetCalls: calls.reset,
    leftovers() {
      settleNow();
      return leftovers(world, holds);
    },
    history() {
      settleNow();
      return (past ??= history(world, holds));
    },
    advance(seconds) {
      clock.advance(seconds * 1_000);
      settleNow();
      changed();
    },
    bill() {
      settleNow();
      return world.bill.read(world.now());
    },
    faults,
    console: createConsole(world, settleNow, changed, behindTheScenes),
    reset() {
      world.store.clear();
      world.agenda.load([]);
      world.bill.load([]);
      clock.advance(-clock.advancedMs());
      calls.reset();
      faults.clear();
      changed();
    },
    flush: () => save?.flush(),
  };
  return emulator;
}
