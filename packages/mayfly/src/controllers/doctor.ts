import type { Check, Doctor } from "../api/doctor.ts";
import { formatDuration } from "../lifecycle/duration.ts";
import type { Reach } from "../providers/reach.ts";
import type { Controllers } from "./controllers.ts";
import type { Duty } from "../store/store.ts";
import type { Account, Ports } from "./ports.ts";
import { PRESENCE } from "./presence.ts";

interface Facts {
  version: string;
  home: string;
  pid: number;
  accounts: AccountFacts[];
  /** @default "all" */
  role?: "api" | "worker" | "all";
}

interface AccountFacts extends Account {
  endpoint: string;
  fingerprint: string;
  calls: () => Record<string, number>;
  silence: Reach["silence"];
}

// A sweep that is older than this has failed a few times in a row.
const SWEEP_OVERDUE_MS = 5 * 60_000;

/** Reads the state of the installation; makes no call to a cloud. */
export function createDoctor(ports: Ports, controllers: Controllers, facts: Facts): () => Promise<Doctor> {
  const { store, clock, time } = ports;
  const startedAt = clock.now();
  const iso = (ms: number) => new Date(ms).toISOString();

  return async () => {
    const instances: Record<string, number> = {};
    let trouble = 0;
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 500, cursor });
      for (const row of page.instances) {
        instances[row.phase] = (instances[row.phase] ?? 0) + 1;
        if (row.troubleSince !== undefined) trouble += 1;
      }
      cursor = page.cursor;
    } while (cursor !== undefined);

    const now = clock.now();
    const accounts = await Promise.all(
      facts.accounts.map(async ({ name, provider, defaultZone, endpoint, fingerprint, calls }) => {
        const last = controllers.lastSweep(name);
        return {
          name,
          provider: provider.name,
          zone: defaultZone,
          endpoint,
          fingerprint,
          lastSweepAt: last && iso(last.at),
          suspects: last?.suspects ?? 0,
          reaped: controllers.reaped(name),
          callsByClass: calls(),
        };
      }),
    );
    const crowd = ports.together && crowdOf(await store.duties(now));
    return {
      ...(crowd && { processes: crowd.processes, duties: crowd.duties }),
      version: facts.version,
      owner: await store.owner(),
      home: facts.home,
      pid: facts.pid,
      startedAt: iso(startedAt),
      accounts,
      instances,
      checks: [
        ...(facts.role === "api" ? [] : [clockCheck(time.skewMs())]),
        await storeCheck(ports, now),
        ...facts.accounts.map(cloudCheck),
        ...accounts.map((account) => sweepCheck(account, now, crowd, ports.together?.as)),
        {
          name: "instances",
          ok: trouble === 0,
          message: trouble === 0 ? "none in trouble" : `${trouble} in trouble`,
          suggestion: trouble === 0 ? undefined : "`mayfly status ID` shows the last error and its age",
        },
      ],
    };
  };
}

/** Who shares the rows, and who does what for all. */
function crowdOf(held: readonly Duty[]): Required<Pick<Doctor, "processes" | "duties">> {
  // A token is what a process is called and a random word.
  const called = (token: string) => token.slice(0, Math.max(0, token.lastIndexOf(" ")));
  const presences = held.filter(({ name }) => name.startsWith(PRESENCE));
  return {
    processes: presences.map(({ token }) => called(token)),
    duties: held
      .filter((duty) => !presences.includes(duty))
      .map(({ name, token }) => ({ name, process: called(token) })),
  };
}

function sweepCheck(
  { name, lastSweepAt }: { name: string; lastSweepAt: string | undefined },
  now: number,
  crowd: ReturnType<typeof crowdOf> | undefined,
  self: string | undefined,
): Check {
  const check = `sweep of ${name}`;
  const holder = crowd?.duties.find((duty) => duty.name === `watch/${name}`)?.process;
  // Since it lost the duty, what this process did last says nothing.
  if (holder !== undefined && (holder !== self || lastSweepAt === undefined))
    return { name: check, ok: true, message: `done by ${holder}` };
  if (crowd && holder === undefined) {
    const suggestion = "does a worker run, and can it reach the database?";
    return { name: check, ok: false, message: "no process does it", suggestion };
  }
  const ok = lastSweepAt !== undefined && now - Date.parse(lastSweepAt) < SWEEP_OVERDUE_MS;
  if (lastSweepAt !== undefined) return { name: check, ok, message: `last at ${lastSweepAt}` };
  const suggestion = "see the log; are the credentials right, is the cloud reachable?";
  return { name: check, ok, message: "none has succeeded yet", suggestion };
}

function clockCheck(skew: number | undefined): Check {
  const name = "clock";
  if (skew === undefined)
    return { name, ok: false, message: "no cloud has answered yet: nothing is ended until one does" };
  // A Date header has whole seconds.
  if (Math.abs(skew) < 2_000) return { name, ok: true, message: "agrees with the cloud's" };
  const message = `${Math.abs(Math.round(skew / 1000))} s ${skew > 0 ? "behind" : "ahead of"} the cloud's`;
  if (Math.abs(skew) <= 5_000) return { name, ok: true, message };
  return {
    name,
    ok: false,
    message,
    suggestion: "set this machine's clock (chrony or systemd-timesyncd); the earlier of the two decides",
  };
}

function cloudCheck({ name: account, endpoint, silence }: AccountFacts): Check {
  const name = `cloud of ${account}`;
  const silent = silence();
  if (!silent) return { name, ok: true, message: "answers" };
  return {
    name,
    ok: false,
    message: `has not answered for ${formatDuration(silent.ms)}: ${silent.reason}`,
    suggestion: `is ${endpoint} to be reached from here? what falls due meanwhile is done when it answers`,
  };
}

/** By writing something, though nothing of meaning: a row, since what changes nothing is not written. */
async function storeCheck({ store, together }: Ports, now: number): Promise<Check> {
  try {
    await store.setSuspects("doctor", [{ key: "written", firstSeenAt: now }]);
    return { name: "store", ok: true, message: "can be written" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      name: "store",
      ok: false,
      message,
      suggestion: `${
        together
          ? "is it the primary, with room on its disk, and may its user write?"
          : "look to the disk of the home, and to who else has mayfly.db open:"
      } nothing new is accepted or ended until it can be written`,
    };
  }
}
