import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Check } from "../api/doctor.ts";
import type { InstanceView } from "../api/instance-view.ts";
import { ApiProblem } from "../client/api-problem.ts";
import type { CloudProcess } from "./cloud-process.ts";
import { endingCalls } from "./ending-calls.ts";
import { eventually } from "./eventually.ts";
import type { Gate } from "./gate.ts";
import { processScene } from "./process-scene.ts";
import type { ProcessScene } from "./process-scene.ts";
import type { ServiceProcess } from "./service-process.ts";
import type { Troubles } from "./troubles.ts";

/** A trouble that begins while instances run, and outlasts their deadlines. */
export interface Trouble {
  /** @default the scene's */
  home?: (scene: ProcessScene) => string;
  /** A file descriptor for the service's log. @default `logSays` reads it */
  logTo?: () => number;
  begin(stage: Stage): Promise<unknown> | unknown;
  /** What is to be seen of it. */
  meanwhile?(stage: Stage): Promise<unknown>;
  end?(stage: Stage): Promise<unknown> | unknown;
  /** How long it lasts at least; past the deadlines in any case. @default 0 */
  lastsMs?: number;
}

/** A service, its cloud, and the gate between them. */
export interface Stage {
  home: string;
  cloud: CloudProcess;
  gate: Gate;
  /** Those whose deadline passes meanwhile. */
  due: readonly InstanceView[];
  /** The service that runs now. */
  service(): ServiceProcess;
  start(troubles?: Troubles): Promise<ServiceProcess>;
  /** The service was asked for an instance, and refused with what to do. */
  refuses(input: Parameters<ServiceProcess["client"]["create"]>[0], why: RegExp): Promise<void>;
  /** `mayfly doctor` says so, and what to do. */
  doctorSays(check: string, message: RegExp): Promise<void>;
  logSays(line: RegExp): Promise<void>;
  /** As `keep`; answers when its create is under way, its row in the process's hands. */
  keepHalfMade(): Promise<void>;
  /** Asks for one that stays, and is there in the end. It may be asked for again. */
  keep(name: string, more?: Parameters<ServiceProcess["client"]["create"]>[0]): Promise<InstanceView>;
}

export const BOUND_MS = 120_000;
const DUE = ["due-0", "due-1", "due-2"];
// Many times what it takes to come up; twice as long, and again, on a machine that is so busy.
const LIFETIME_S = 20;
const AHEAD_MS = 8_000;
const OUTLASTS_MS = 3_000;

/** Whatever the trouble: nothing ends early, what is due is ended when it is over, one machine each, nothing is left. */
export async function playTrouble(t: TestContext, trouble: Trouble): Promise<void> {
  const scene = processScene(t);
  const cloud = await scene.startCloud();
  const gate = await scene.openGate(cloud);
  const home = trouble.home?.(scene) ?? scene.home;
  let service!: ServiceProcess;
  const logTo = trouble.logTo?.();
  const kept = new Set<string>();
  const stage: Stage = {
    home,
    cloud,
    gate,
    due: [],
    service: () => service,
    async start(troubles = {}) {
      service = await scene.startService({ home, env: gate.env, troubles, writesTo: logTo });
      await service.answers();
      return service;
    },
    refuses: (input, why) =>
      assert.rejects(service.client.create(input), (error) => {
        assert.ok(error instanceof ApiProblem, String(error));
        assert.equal(error.document.status, 503);
        assert.match(error.document.detail, why);
        return true;
      }),
    doctorSays: (name, message) =>
      eventually(async () => expectTold(await service.client.doctor(), name, message), {
        boundMs: BOUND_MS,
      }),
    logSays: (line) => eventually(() => assert.match(service.out(), line), { boundMs: BOUND_MS }),
    async keepHalfMade() {
      const operation = "createServer";
      const made = async () => (await cloud.calls()).byOperation[operation] ?? 0;
      const before = await made();
      await cloud.fault({ match: { operation }, times: 1, effect: { kind: "latency", ms: 1_000 } });
      await stage.keep("half-made");
      await eventually(async () => assert.ok((await made()) > before), { boundMs: BOUND_MS, everyMs: 20 });
    },
    async keep(name, more = {}) {
      kept.add(name);
      return service.client.create({ ...more, name, lifetime: "2h" }, { idempotencyKey: name });
    },
  };

  // 1. One that is to be left alone, and some that are due soon.
  await stage.start();
  await stage.keep("kept");
  await running(service, ["kept"]);
  const due = await runningAndDue(service);
  stage.due = due;
  const deadline = Math.max(...due.map(({ expiresAt }) => Date.parse(expiresAt)));

  // 2. The trouble, past their deadlines.
  await trouble.begin(stage);
  const endsAt = Math.max(deadline + OUTLASTS_MS, Date.now() + (trouble.lastsMs ?? 0));
  await trouble.meanwhile?.(stage);
  await sleep(Math.max(0, endsAt - Date.now()));
  await trouble.end?.(stage);
  const overAt = Date.now();

  // 3. All is well again.
  await stage.keep("afterwards");
  await running(service, [...kept]);
  await eventually(
    async () => {
      const { instances } = await service.client.list({ limit: 500 });
      assert.deepEqual(instances.map(({ name }) => name).sort(), [...kept].sort());
    },
    { boundMs: BOUND_MS },
  );
  await nothingIsLeftBut(cloud, kept);
  await eachHadOneMachine(cloud, [...due.map(({ name }) => name), ...kept]);
  const ends = due.map((one) => notEarly(gate, one));
  const told = (from: number) => `${Math.min(...ends) - from} to ${Math.max(...ends) - from} ms`;
  t.diagnostic(
    Math.max(...ends) < overAt
      ? `their ends reached the cloud ${told(deadline)} after the last deadline, meanwhile`
      : `their ends reached the cloud ${told(overAt)} after it was over`,
  );
}

function expectTold({ checks }: { checks: Check[] }, name: string, message: RegExp): void {
  const check = checks.find((one) => one.name === name);
  assert.equal(check?.ok, false, JSON.stringify(checks));
  assert.match(check.message, message);
  assert.ok(check.suggestion, "it does not say what to do");
}

function running({ client }: ServiceProcess, names: readonly string[]): Promise<InstanceView[]> {
  return eventually(
    async () => {
      const rows = await Promise.all(names.map((name) => client.get(name)));
      for (const row of rows) assert.equal(row.phase, "running", JSON.stringify(row));
      return rows;
    },
    { boundMs: BOUND_MS },
  );
}

/** Some that have come up, with a while to go until their deadline. */
async function runningAndDue({ client }: ServiceProcess): Promise<InstanceView[]> {
  for (let lifetimeS = LIFETIME_S; lifetimeS < 300; lifetimeS *= 2) {
    const names = DUE.map((name) => `${name}-of-${lifetimeS}s`);
    const asked = await Promise.all(
      names.map((name) => client.create({ name, lifetime: `${lifetimeS}s`, ipv6: true })),
    );
    const latest = Math.min(...asked.map(({ expiresAt }) => Date.parse(expiresAt))) - AHEAD_MS;
    do {
      const rows = await Promise.all(names.map((name) => client.get(name)));
      if (rows.every(({ phase }) => phase === "running")) return rows;
      await sleep(100);
    } while (Date.now() < latest);
  }
  throw new Error("this machine is too slow: nothing comes up in time");
}

/** When the first call reached the cloud that ends this machine, if there was one. */
export const endOf = (gate: Gate, { machineId }: InstanceView): number | undefined =>
  endingCalls(gate.passed(), machineId!)[0]?.at;

function notEarly(gate: Gate, one: InstanceView): number {
  const at = endOf(gate, one);
  assert.ok(at !== undefined, `${one.name} was never ended`);
  assert.ok(at >= Date.parse(one.expiresAt), `${one.name} was ended early`);
  return at;
}

async function nothingIsLeftBut(cloud: CloudProcess, names: ReadonlySet<string>): Promise<void> {
  const { servers } = await cloud.call<{
    servers: { id: string; name: string; state: string; volumes: Record<string, { id: string }> }[];
  }>("GET", "/instance/v1/zones/fr-par-1/servers");
  assert.deepEqual(
    servers.map(({ name, state }) => [name, state]).sort(),
    [...names].sort().map((name) => [name, "running"]),
  );
  const { machines, volumes, addresses, privateNics } = await cloud.leftovers();
  const ids = (things: { id: string }[]) => things.map(({ id }) => id).sort();
  assert.deepEqual(ids(machines), ids(servers));
  assert.deepEqual(ids(volumes), ids(servers.flatMap((one) => Object.values(one.volumes))));
  assert.deepEqual([addresses, privateNics], [[], []]);
}

async function eachHadOneMachine(cloud: CloudProcess, names: readonly string[]): Promise<void> {
  const machines = (await cloud.history()).filter(({ kind }) => kind === "machine");
  for (const name of names)
    assert.equal(machines.filter((one) => one.name === name).length, 1, `machines of ${name}`);
}
