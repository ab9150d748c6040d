import { scenarioOf } from "./scenario.ts";
import type { Meddling, Scenario } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SimThing } from "./sim-cloud.ts";
import { simEmulatorCloud } from "./sim-emulator-cloud.ts";
import { simFakeCloud } from "./sim-fake-cloud.ts";
import { createSimFaults } from "./sim-faults.ts";
import { startSimInstallation } from "./sim-installation.ts";
import type { SimInstallation } from "./sim-installation.ts";
import { simMemoryStore } from "./sim-memory-store.ts";
import type { MakeSimStore } from "./sim-store.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export interface SimulationResult {
  seed: number;
  cloud: string;
  scenario: Scenario;
  lifecycles: number;
  crashes: number;
  faults: number;
  simulatedMs: number;
  violations: string[];
  /** What happened, a line each: only when asked for. */
  story: string[];
}

export interface SimulationOptions {
  /** Tell what happened; `loud`: what the log says as well. @default false */
  story?: boolean | "loud";
  /** Another scenario than the seed's own. */
  scenario?: Scenario;
  /** Where the rows lie. @default in memory */
  stores?: MakeSimStore;
}

// After the last fault: a dead process starts again, and a clock is trusted again.
const SETTLING_MS = 100_000;
const LONGEST_MS = 4 * 3_600_000;
// When nothing is left, another sweep or two still have to find it so.
const AFTERMATH_MS = 90_000;
const LOOKS_AGAIN_MS = 5_000;

/** One world from one seed: users, a cloud, and a service that is killed again and again until the faults end. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const random = seededRandom(seed);
  const clock = createVirtualClock({ startAt: Date.UTC(2030, 0, 1) });
  const began = clock.now();
  const cloud =
    seed % 2 === 0
      ? simFakeCloud(clock, random, seed % 4 === 0 ? "ec2" : "harsh")
      : simEmulatorCloud(clock, random, seed);
  const own = scenarioOf(seededRandom(seed ^ 0x3c3c3c3c), cloud);
  const scenario = options.scenario ?? own;
  const result: SimulationResult = {
    seed,
    cloud: cloud.name,
    scenario,
    lifecycles: 0,
    crashes: 0,
    faults: 0,
    simulatedMs: 0,
    violations: [],
    story: [],
  };
  const elapsed = () => clock.now() - began;
  const tell = (line: string) => {
    if (options.story) result.story.push(`${(elapsed() / 1000).toFixed(1).padStart(8)} s  ${line}`);
  };

  // 1. Where the rows lie. The cloud's clock is right; that of the service's machine is what somebody sets it to.
  let wrongByMs = 0;
  const wall = { ...clock, now: () => clock.now() + wrongByMs };
  const { instances, neighbours, workers } = scenario;
  const { stores = simMemoryStore } = options;
  const rowsOf = (of: number) => stores({ seed: seed ^ of ^ 0x5f5f5f5f, clock, wall });
  const rowsIn = await Promise.all([rowsOf(0x11), ...(neighbours.length > 0 ? [rowsOf(0x22)] : [])]);

  // 2. What can go wrong.
  const storeTakesTime = rowsIn[0].takesTime;
  const faults = createSimFaults({ scenario, clock, random, cloud, storeTakesTime });

  // 3. Who lives there.
  const unmarked = new Map<string, { at: number; machine: string }>();
  const common = {
    unmarked,
    scenario,
    cloud,
    clock,
    wall,
    fate: faults.fate,
    owners: new Map<string, string>(),
    tell,
    loud: options.story === "loud",
    died: () => void (result.crashes += 1),
  };
  const ours = startSimInstallation({
    ...common,
    name: "",
    seed: seed ^ 0x11,
    rowsIn: rowsIn[0],
    wishes: instances,
    workers,
  });
  const installations = [ours];
  if (rowsIn[1])
    installations.push(
      startSimInstallation({
        ...common,
        name: "neighbour",
        seed: seed ^ 0x22,
        rowsIn: rowsIn[1],
        wishes: neighbours,
        workers: 1,
      }),
    );

  // 4. What happens to it at which time.
  cloud.lag(scenario.lag);
  cloud.flicker(scenario.flicker);
  const at = (ms: number, what: () => unknown) => void clock.sleep(ms).then(what);
  for (const jump of scenario.jumps)
    at(jump.atMs, () => {
      wrongByMs = jump.wrongByMs;
      tell(`the wall clock is set wrong by ${wrongByMs / 1000} s`);
    });
  const { stray } = scenario;
  if (stray)
    at(stray.atMs, async () => {
      tell(`a ${stray.kind} with our mark appears`);
      await cloud.plantStray(await ours.store.owner(), stray.kind);
    });
  for (const { atMs, verb } of scenario.meddling)
    at(atMs, async () => {
      const all = machinesOf(ours);
      const stopped = all.filter(({ power }) => power === "off");
      const machines = verb === "start" && stopped.length > 0 ? stopped : all;
      const picked = machines[random.below(Math.max(1, machines.length))];
      if (!picked || (verb === "delete" && !(await isKnown(picked)))) return;
      await meddle(verb, picked);
    });
  const { startsByHandAtMs } = scenario;
  if (startsByHandAtMs !== undefined)
    at(startsByHandAtMs, async () => {
      for (; !(await isOver()); await clock.sleep(LOOKS_AGAIN_MS)) {
        const stopped = machinesOf(ours).filter(({ power }) => power === "off");
        for (const machine of stopped) if (await isLeftStopped(machine)) return meddle("start", machine);
      }
    });
  at(scenario.faultsUntilMs, () => {
    wrongByMs = 0;
    cloud.lag(Math.min(scenario.lag, 0.45));
    cloud.flicker(0);
    tell("the faults are over, and the wall clock is right");
  });

  async function meddle(verb: Meddling, { id: machine, madeFor, power }: SimThing): Promise<void> {
    const { promised, store } = ours;
    tell(`somebody else: ${verb} ${machine}`);
    promised.meddledWith.add(machine);
    promised.deeds.push({ verb, madeFor });
    const all = new Set(machinesOf(ours).map(({ id }) => id));
    const marked = markedNow();
    const before = await store.get(madeFor!);
    await cloud.meddle(verb, machine);
    if (before?.footprint.machine === machine)
      promised.meddled.push({ verb, machine, at: clock.now(), before, wasOn: power === "on" });
    const left = markedNow();
    for (const id of marked) if (!left.has(id)) unmarked.set(id, { at: clock.now(), machine });
    for (const { id } of machinesOf(ours))
      if (verb === "double" && !all.has(id)) promised.meddledWith.add(id);
  }
  /** Our own last call is long enough ago that nobody takes it for that. */
  async function isLeftStopped({ id, madeFor }: SimThing): Promise<boolean> {
    const row = await ours.store.get(madeFor ?? "");
    const isSettled = row?.desired === "stopped" && row.phase === "stopped" && row.footprint.machine === id;
    return isSettled && clock.now() - row.actedAt >= cloud.visibilityGapMs;
  }
  function markedNow(): Set<string> {
    const marked = cloud.things().filter(({ madeFor }) => madeFor !== undefined);
    return new Set(marked.map(({ id }) => id));
  }
  function machinesOf({ promised }: SimInstallation): SimThing[] {
    return cloud
      .things()
      .filter(({ kind, state }) => kind === "machine" && state === "alive")
      .filter(({ madeFor }) => promised.deadlines.has(madeFor ?? ""));
  }
  // What a machine leaves whose id nobody has yet, nobody could find: the README says so.
  async function isKnown({ id, madeFor }: SimThing): Promise<boolean> {
    const row = await ours.store.get(madeFor ?? "");
    return row?.footprint.machine === id && row.phase !== "deleted";
  }

  // 5. Step by step, until all is over.
  const calm = () => elapsed() > scenario.faultsUntilMs + SETTLING_MS;
  const busy = () =>
    installations.flatMap(({ processes }) => processes).reduce((sum, one) => sum + one.busy(), 0);
  const rowsAreBusy = async () => {
    let were = false;
    for (const rows of rowsIn) were = (await rows.settled()) || were;
    return were;
  };
  let usersDone = false;
  void Promise.all(installations.map(({ users }) => users.done)).then(() => (usersDone = true));
  const isOver = async () => {
    if (!usersDone || elapsed() < scenario.faultsUntilMs) return false;
    for (const { rows } of installations)
      for (const { phase } of (await rows()).values()) if (phase !== "deleted") return false;
    // Whoever took over a machine of ours took over what it is in.
    if (unmarked.size === 0 && cloud.onDemand().size > 0) return false;
    return cloud.things().every(({ madeFor, state }) => madeFor === undefined || state === "gone");
  };
  let overSince: number | undefined;
  while (elapsed() < LONGEST_MS) {
    do await turns(busy);
    while (await rowsAreBusy());
    for (const { invariants } of installations)
      result.violations.push(...(await invariants.check(clock.now(), calm())));
    for (const violation of result.violations) tell(violation);
    if (result.violations.length > 0) break;
    if (!(await isOver())) overSince = undefined;
    else if ((overSince ??= clock.now()) + AFTERMATH_MS <= clock.now()) break;
    const next = clock.nextAt();
    if (next === undefined) break;
    await clock.advance(Math.max(0, next - clock.now()));
  }
  if (result.violations.length === 0)
    for (const { invariants } of installations) result.violations.push(...(await invariants.conclude()));
  result.lifecycles = installations.reduce((sum, { users }) => sum + users.accepted(), 0);
  result.faults = faults.count();
  result.simulatedMs = elapsed();
  for (const process of installations.flatMap(({ processes }) => processes)) process.end();
  for (const rows of rowsIn) await rows.close();
  return result;
}

// Lets everything that can go on without the clock go on.
async function turns(busy: () => number): Promise<void> {
  for (let turn = 0; turn < 2 || (busy() > 0 && turn < 50); turn++)
    await new Promise((resolve) => setImmediate(resolve));
}
