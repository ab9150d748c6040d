import { createCalls } from "./calls.ts";
import type { CallCount } from "./calls.ts";
import { debounce, sleep, systemNow } from "./clock.ts";
import { createConsole } from "./console.ts";
import type { Console } from "./console.ts";
import { control } from "./control.ts";
import { createFaults } from "./faults.ts";
import type { Faults } from "./faults.ts";
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
import { ZONES } from "./scaleway/seed/zones.ts";
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
  /** Serve control endpoints under /_emulator. @default false */
  control?: boolean;
  /** Keep state in this file across restarts. @default in memory only */
  stateFile?: string;
  /** How the `latency` fault waits. @default a timer */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Scaleway's HTTP API in memory. */
export interface Emulator {
  /** Use as a fetch: the URL's base is ignored, only its path matters. */
  fetch: typeof fetch;
  /** Serve over node:http; loopback by default. */
  listen(options: ListenOptions): Promise<Listening>;
  /** Calls so far, refused and faulty ones included, by operation name. */
  calls(): CallCount;
  resetCalls(): void;
  /** What exists now and bills. */
  leftovers(): Leftovers;
  /** Everything that ever existed, in the order of creation. */
  history(): Past[];
  faults: Faults;
  /** Act as somebody else. */
  console: Console;
  /** Back to an empty cloud: objects, calls and faults. */
  reset(): void;
  /** Writes the state file now, if it is behind. */
  flush(): void;
}

const SAVE_AFTER_MS = 50;

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const world = createWorld({
    now: options.now ?? systemNow,
    random: createRandom(options.seed),
    timeScale: options.timeScale ?? 1,
    projectId: options.projectId ?? DEFAULT_PROJECT_ID,
    strictProjects: options.strictProjects ?? false,
  });
  const { stateFile } = options;
  const save =
    stateFile === undefined ? undefined : debounce(() => saveState(world, stateFile), SAVE_AFTER_MS);
  if (stateFile !== undefined) loadState(world, stateFile);

  const { routes, steps } = scaleway();
  const calls = createCalls();
  const { faults, strike } = createFaults();
  const changed = (): void => save?.();
  const settleNow = (): void => {
    if (settle(world, steps)) changed();
  };
  const dispatcher: Dispatcher = {
    world,
    router: createRouter(routes),
    zones: ZONES,
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
      return leftovers(world);
    },
    history() {
      settleNow();
      return history(world);
    },
    faults,
    console: createConsole(world, settleNow, changed, behindTheScenes),
    reset() {
      world.store.clear();
      world.agenda.load([]);
      calls.reset();
      faults.clear();
      changed();
    },
    flush: () => save?.flush(),
  };
  return emulator;
}
