import type { Commands } from "../api/commands.ts";
import type { Clock } from "../clock.ts";
import { createCommands } from "../controllers/commands.ts";
import { createControllers } from "../controllers/controllers.ts";
import type { Ports } from "../controllers/ports.ts";
import { createTrustedTime } from "../controllers/trusted-time.ts";
import { ProviderError } from "../providers/error.ts";
import { createTimerScheduler } from "../scheduler/timer.ts";
import { StoreError } from "../store/error.ts";
import { createMemoryStore } from "../store/memory.ts";
import { createInterceptor } from "./interceptor.ts";
import type { Fate } from "./interceptor.ts";
import { createInvariants } from "./invariants.ts";
import type { Promised } from "./invariants.ts";
import { scenarioOf } from "./scenario.ts";
import type { Wish } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";
import { silentLog } from "./silent-log.ts";
import { simEmulatorCloud } from "./sim-emulator-cloud.ts";
import { simFakeCloud } from "./sim-fake-cloud.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export interface SimulationResult {
  seed: number;
  cloud: string;
  lifecycles: number;
  crashes: number;
  faults: number;
  simulatedMs: number;
  violations: string[];
  /** What happened, a line each: only when asked for. */
  story: string[];
}

// After the last fault: a dead process starts again, and a clock is trusted again.
const SETTLING_MS = 120_000;
const LONGEST_MS = 4 * 3_600_000;
// After the last instance is gone, so many sweeps may still find something.
const AFTERMATH_MS = 5 * 60_000;

/** One world from one seed: users, a cloud, and a service that is killed again and again until the faults end. */
export async function simulate(seed: number, options: { story?: boolean } = {}): Promise<SimulationResult> {
  const random = seededRandom(seed);
  const clock = createVirtualClock({ startAt: Date.UTC(2030, 0, 1) });
  const began = clock.now();
  const store = createMemoryStore({ random: seededRandom(seed ^ 0x5f5f5f5f) });
  const cloud = seed % 2 === 0 ? simFakeCloud(clock, random) : simEmulatorCloud(clock, random, seed);
  const scenario = scenarioOf(random, cloud.types);
  const promised: Promised = { deadlines: new Map(), endRequested: new Set() };
  const invariants = createInvariants(store, cloud, promised);
  const result: SimulationResult = {
    seed,
    cloud: cloud.name,
    lifecycles: 0,
    crashes: 0,
    faults: 0,
    simulatedMs: 0,
    violations: [],
    story: [],
  };
  const tell = (line: string) => {
    if (options.story)
      result.story.push(`${((clock.now() - began) / 1000).toFixed(1).padStart(8)} s  ${line}`);
  };
  const calm = () => clock.now() - began > scenario.faultsUntilMs + SETTLING_MS;
  const faulty = () => clock.now() - began < scenario.faultsUntilMs;
  // The cloud's clock is right; that of the service's machine is what somebody sets it to.
  let wrongByMs = 0;
  const wall = { ...clock, now: () => clock.now() + wrongByMs };
  let running: { commands: Commands; busy: () => number } | undefined;

  const fate = (site: string): Fate => {
    if (!faulty()) return "through";
    const chosen = choose(site);
    if (chosen !== "through") {
      result.faults += 1;
      tell(
        `${site}: ${typeof chosen === "string" ? chosen : "after" in chosen ? "the answer is lost" : "refused"}`,
      );
    }
    return chosen;
  };
  const choose = (site: string): Fate => {
    if (random.chance(scenario.crash)) return random.chance(0.5) ? "crash-before" : "crash-after";
    if (site.startsWith("store.")) {
      if (random.chance(scenario.storeBusy))
        return { before: () => new StoreError("unavailable", "the store is busy") };
    } else if (site.startsWith("cloud.") || site === "fetch") {
      if (random.chance(scenario.lostAnswer)) return { after: () => new TypeError("fetch failed") };
      if (random.chance(scenario.refused)) return { before: () => new TypeError("fetch failed") };
      if (random.chance(scenario.limited))
        return { before: () => new ProviderError("rate_limited", "too many calls") };
    }
    return "through";
  };

  const boot = () => {
    const interceptor = createInterceptor(() => {
      result.crashes += 1;
      running = undefined;
      tell("the process died");
      void clock.sleep(500 + random.below(15_000)).then(boot);
    });
    tell("a process starts");
    const reachedClock = interceptor.wrap<Clock>("clock", wall);
    const reachedStore = interceptor.wrap("store", store, fate);
    const time = createTrustedTime(reachedClock, tell);
    const account = cloud.connect({ interceptor, clock: reachedClock, random, time, fate });
    const log = options.story ? { ...silentLog, info: told, warn: told, error: told } : silentLog;
    const ports: Ports = {
      store: reachedStore,
      scheduler: interceptor.wrap(
        "scheduler",
        createTimerScheduler({ rows: reachedStore, clock: reachedClock }),
        fate,
      ),
      clock: reachedClock,
      random,
      accounts: new Map([[account.name, account]]),
      time,
      log,
    };
    running = {
      commands: createCommands(ports, () => Promise.reject(new Error("no doctor here"))),
      busy: interceptor.busy,
    };
    void start(ports);
  };
  const told = (fields: object, message: string) =>
    tell(
      `${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? value.message : value))}`,
    );
  const start = async (ports: Ports) => {
    for (;;) {
      try {
        return await createControllers(ports).start();
      } catch (error) {
        tell(`start failed: ${String(error)}`);
        await ports.clock.sleep(1_000);
      }
    }
  };

  // A user asks until there is an answer; whoever got none asks again, with the same key.
  async function ask<T>(what: string, request: (commands: Commands) => Promise<T>): Promise<T | undefined> {
    for (;;) {
      const answer =
        running &&
        (await Promise.race([request(running.commands).then(accepted, refused), clock.sleep(10_000)]));
      if (answer && "error" in answer) {
        if (!(answer.error instanceof StoreError) && !(answer.error instanceof ProviderError)) {
          tell(`${what}: refused: ${String(answer.error)}`);
          return undefined;
        }
      } else if (answer) {
        tell(`${what}: accepted`);
        return answer.value;
      }
      await clock.sleep(1_000 + random.below(3_000));
    }
  }

  async function live(wish: Wish, index: number): Promise<void> {
    await clock.sleep(wish.atMs);
    const row = await ask(`create ${index}`, (commands) =>
      commands.create(
        {
          type: wish.type,
          image: "ubuntu_noble",
          lifetime: wish.lifetimeMs,
          onExpiry: wish.onExpiry,
          retain: wish.retainMs,
          provisionTimeout: 600_000,
          ipv4: true,
          ipv6: wish.ipv6,
          userData: wish.userData ? "#cloud-config\npackages: [git]\n" : undefined,
          tags: [],
        },
        { idempotencyKey: `wish-${index}` },
      ),
    );
    if (!row) return;
    result.lifecycles += 1;
    const { id } = row.instance;
    promised.deadlines.set(id, Math.max(promised.deadlines.get(id) ?? 0, row.instance.expiresAt));
    await Promise.all(
      wish.acts.map(async ({ atMs, verb }) => {
        await clock.sleep(Math.max(0, began + atMs - clock.now()));
        if (verb === "extend") {
          const current = await store.get(id);
          if (!current) return;
          const expiresAt = Math.max(clock.now(), current.expiresAt) + 60_000;
          // Once it is asked for, it may hold even though its answer is lost: the promise is about what was accepted.
          if (await ask(`extend ${id}`, (commands) => commands.extend(id, { expiresAt })))
            promised.deadlines.set(id, Math.max(promised.deadlines.get(id)!, expiresAt));
        } else {
          if (verb !== "start") promised.endRequested.add(id);
          await ask(`${verb} ${id}`, (commands) => commands[verb](id));
        }
      }),
    );
  }

  boot();
  if (scenario.strayAtMs !== undefined)
    void clock.sleep(scenario.strayAtMs).then(async () => {
      tell("a stray appears");
      await cloud.plantStray(await store.owner());
    });
  for (const jump of scenario.jumps)
    void clock.sleep(jump.atMs).then(() => {
      wrongByMs = jump.wrongByMs;
      tell(`the wall clock is set wrong by ${wrongByMs / 1000} s`);
    });
  void clock.sleep(scenario.faultsUntilMs).then(() => {
    wrongByMs = 0;
    tell("the faults are over, and the wall clock is right");
  });
  const users = Promise.all(scenario.instances.map(live));
  let usersDone = false;
  void users.then(() => (usersDone = true));
  let overSince: number | undefined;
  while (clock.now() - began < LONGEST_MS && result.violations.length === 0) {
    await turns(() => running?.busy() ?? 0);
    result.violations.push(...(await invariants.check(clock.now(), calm())));
    for (const violation of result.violations) tell(violation);
    const over = usersDone && !faulty() && (await store.list({ limit: 1 })).instances.length === 0;
    if (!over) overSince = undefined;
    else if ((overSince ??= clock.now()) + AFTERMATH_MS <= clock.now()) break;
    const next = clock.nextAt();
    if (next === undefined) break;
    await clock.advance(Math.max(0, next - clock.now()));
  }
  if (result.violations.length === 0) result.violations.push(...(await invariants.conclude()));
  result.simulatedMs = clock.now() - began;
  return result;
}

const accepted = <T>(value: T) => ({ value });
const refused = (error: unknown) => ({ error });

// Lets everything that can go on without the clock go on.
async function turns(busy: () => number): Promise<void> {
  for (let turn = 0; turn < 2 || (busy() > 0 && turn < 50); turn++)
    await new Promise((resolve) => setImmediate(resolve));
}
