import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Commands } from "./api/commands.ts";
import { accountFingerprint } from "./client/account-fingerprint.ts";
import { socketPath } from "./client/socket-path.ts";
import { UserError } from "./api/user-error.ts";
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { createCommands } from "./controllers/commands.ts";
import { createControllers } from "./controllers/controllers.ts";
import { createDoctor } from "./controllers/doctor.ts";
import type { Account, Log, Ports } from "./controllers/ports.ts";
import { sparingLog } from "./controllers/sparing-log.ts";
import { createTrustedTime } from "./controllers/trusted-time.ts";
import type { TrustedTime } from "./controllers/trusted-time.ts";
import { homeToken } from "./home-token.ts";
import { keepWatch } from "./keep-watch.ts";
import { openSwim } from "./open-swim.ts";
import type { SwimServiceOptions } from "./open-swim.ts";
import { openLog } from "./open-log.ts";
import type { LogOptions } from "./open-log.ts";
import { createApi } from "./http/create-api.ts";
import { listen } from "./http/listen.ts";
import { probeFor } from "./probe/probe-for.ts";
import type { Probe } from "./probe/probe.ts";
import { createReach } from "./providers/reach.ts";
import type { Reach } from "./providers/reach.ts";
import { connectScaleway } from "./providers/scaleway/connect.ts";
import { findCredentials } from "./providers/scaleway/credentials.ts";
import { systemRandom } from "./random.ts";
import { createTimerScheduler } from "./scheduler/timer.ts";
import { StoreError } from "./store/error.ts";
import { lockHome } from "./store/home-lock.ts";
import type { HomeLock } from "./store/home-lock.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import type { SqliteStore } from "./store/sqlite.ts";
import type { Store } from "./store/store.ts";
import { version } from "./version.ts";

export interface ServiceOptions extends LogOptions {
  /** Everything that is kept lies in this folder. */
  home: string;
  env: NodeJS.ProcessEnv;
  /** Listen on this port of the loopback interface too, for who sends the home's token; 0 takes a free one. */
  port?: number;
  /** Asks machines whether they serve. @default over the network, where the cloud is not emulated on this machine */
  probe?: Probe;
  /** Take orders from SWIM's queues too. */
  swim?: SwimServiceOptions;
}

export interface RunningService {
  socketPath: string;
  url?: string;
  commands: Commands;
  /** Resolves when it has stopped, whoever asked for it. */
  stopped: Promise<void>;
  /** Ends within 10 s. What is not done by then is done by the next service of this home. */
  stop(): Promise<void>;
}

/** What calls the cloud for longer is cut off: its outcome is unknown, as after a crash, and looked up by the next service. */
const STOP_GRACE_MS = 2_000;
const STOP_BOUND_MS = 7_000;

/** The one file that says which implementation stands behind each port. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { home, env } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const path = await socketPath(home, env);
  const lock = lockedHome(home);
  if (!lock)
    throw new UserError(`a service keeps ${home} already`, {
      exitCode: 4,
      suggestion: "`mayfly doctor` shows it; for another one choose another MAYFLY_HOME",
    });
  try {
    return await start(options, lock, sparingLog(openLog(options), systemClock), path);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function start(
  options: ServiceOptions,
  lock: HomeLock,
  log: Log,
  path: string,
): Promise<RunningService> {
  const { home, env, port } = options;
  const [clock, random] = [systemClock, systemRandom];
  const time = createTrustedTime(clock, (message) => log.warn({}, message));
  const calls = new AbortController();
  const accounts = await connectAccounts({ ...options, time, log, signal: calls.signal });
  const store = await openStore({
    path: join(home, "mayfly.db"),
    random,
    owner: env.MAYFLY_OWNER || undefined,
  });
  await refuseStrangers(store, accounts);
  const scheduler = createTimerScheduler({ rows: store, clock });
  const ports: Ports = {
    store,
    scheduler,
    clock,
    random,
    time,
    log,
    accounts: new Map(accounts.map((account) => [account.name, account])),
  };
  const controllers = createControllers(ports);
  const commands = createCommands(
    ports,
    createDoctor(ports, controllers, { version, home, pid: process.pid, accounts }),
  );
  const swim = options.swim && (await openSwim({ ...ports, commands }, options.swim));
  const handler = createApi({
    commands,
    clock,
    log,
    serviceFingerprints: () =>
      Object.fromEntries(accounts.map(({ name, fingerprint }) => [name, fingerprint])),
  });
  const tcp = port === undefined ? undefined : { port, token: homeToken(join(home, "token"), random) };
  const listening = await listen({ handler, clock, socketPath: path, tcp });
  await controllers.start();
  swim?.begin();
  const [doors, locks, watch] = [[listening], [lock], new AbortController()];
  const watching = keepWatch({
    home,
    socketPath: path,
    locks,
    store,
    listen: async () =>
      void doors.push(await listen({ handler, clock, socketPath: await socketPath(home, env) })),
    clock,
    log,
    signal: watch.signal,
  });
  log.info(
    { home, socket: path, url: listening.url, owner: await store.owner(), version },
    "the service has started",
  );

  let stopping: Promise<void> | undefined;
  let hasStopped: () => void;
  const stopped = new Promise<void>((resolve) => (hasStopped = resolve));
  const shutDown = async () => {
    log.info({}, "the service is stopping");
    watch.abort();
    await watching;
    await Promise.all(doors.map((door) => door.close()));
    const ended = Promise.all([controllers.stop(), swim?.stop()]);
    // A timer that is left keeps the process alive.
    const settled = new AbortController();
    const after = (ms: number) => clock.sleep(ms, settled.signal).catch(() => undefined);
    await Promise.race([ended, after(STOP_GRACE_MS)]);
    calls.abort(new Error("the service is stopping"));
    await Promise.race([ended, after(STOP_BOUND_MS - STOP_GRACE_MS)]);
    settled.abort();
    await store.close();
    for (const each of locks) each.release();
    log.info({}, "the service has stopped");
    hasStopped();
  };
  return { socketPath: path, url: listening.url, commands, stopped, stop: () => (stopping ??= shutDown()) };
}

async function openStore(options: Parameters<typeof openSqliteStore>[0]): Promise<SqliteStore> {
  // It becomes part of a tag, and of the list of tags that a cloud is asked for.
  if (options.owner !== undefined && !/^[\w.-]{1,64}$/.test(options.owner))
    throw new UserError("MAYFLY_OWNER is not the id of an installation", {
      exitCode: 2,
      suggestion: "`mayfly doctor` shows it: 16 small letters and digits",
    });
  try {
    return await openSqliteStore(options);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code !== "schema") throw unusable(dirname(options.path), error.message);
    const suggestion =
      options.owner === undefined ? undefined : "unset MAYFLY_OWNER, or delete those instances first";
    throw new UserError(error.message, { exitCode: 4, suggestion });
  }
}

function lockedHome(home: string): HomeLock | undefined {
  const path = join(home, "mayfly.lock");
  try {
    return lockHome(path);
  } catch (error) {
    throw unusable(home, `lock ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unusable = (home: string, message: string) =>
  new UserError(message, {
    suggestion: `look to the disk of ${home}, to whose its files are, and to who else has them open; until a service runs nobody ends the instances there`,
  });

/** Rows of an account that is not configured would have nobody to end them. */
async function refuseStrangers(store: Store, accounts: ConnectedAccount[]): Promise<void> {
  const known = new Set(accounts.map(({ name }) => name));
  const problems: { path: string; message: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ limit: 500, cursor });
    for (const { id, name, account } of page.instances)
      if (!known.has(account)) problems.push({ path: id, message: `${name} lives on account ${account}` });
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (problems.length === 0) return;
  await store.close();
  throw new UserError(`${problems.length} instances live on accounts that are not configured`, {
    exitCode: 4,
    problems: problems.slice(0, 20),
    suggestion: `configure ${[...new Set(problems.map(({ message }) => message.split(" ").at(-1)))].join(", ")} again in config.json, so that they can be ended`,
  });
}

export interface ConnectedAccount extends Account {
  endpoint: string;
  fingerprint: string;
  calls: () => Record<string, number>;
  silence: Reach["silence"];
}

export async function connectAccounts(options: {
  home: string;
  env: NodeJS.ProcessEnv;
  probe?: Probe;
  time: TrustedTime;
  log: Log;
  /** Cuts off every call to a cloud. */
  signal: AbortSignal;
}): Promise<ConnectedAccount[]> {
  const read = readConfig(join(options.home, "config.json"));
  if ("problems" in read)
    throw new UserError("the configuration cannot be read", { exitCode: 2, problems: read.problems });
  const configured: Config["accounts"] =
    Object.keys(read.config.accounts).length > 0
      ? read.config.accounts
      : { default: { provider: "scaleway", credentials: "env" } };
  const problems: { path: string; message: string }[] = [];
  const connected: ConnectedAccount[] = [];
  for (const [name, settings] of Object.entries(configured)) {
    const env = environmentOf(options.env, settings);
    const found = findCredentials({ env });
    if (!found.ok) {
      problems.push(
        ...found.problems.map((problem) => ({ path: `account ${name}`, message: problem.message })),
      );
      continue;
    }
    const endpoint = found.apiUrl ?? "https://api.scaleway.com";
    const defaultZone = settings.zone ?? found.zone ?? "fr-par-1";
    const reach = createReach(
      (request) => fetch(request, { signal: AbortSignal.any([request.signal, options.signal]) }),
      systemClock,
    );
    const { provider, limiter } = connectScaleway({
      credentials: found.credentials,
      apiUrl: found.apiUrl,
      defaultZone,
      clock: systemClock,
      random: systemRandom,
      fetch: reach.fetch,
      heard: options.time.heard,
    });
    connected.push({
      name,
      provider,
      probe: options.probe ?? probeFor(endpoint, systemClock),
      defaultZone,
      // Another installation's id was asked for: its zones are in rows that are lost.
      sweepAllZones: Boolean(options.env.MAYFLY_OWNER),
      endpoint,
      fingerprint: await accountFingerprint({
        accessKey: found.credentials.accessKey,
        projectId: found.credentials.projectId,
        endpoint,
      }),
      calls: limiter.counts,
      silence: reach.silence,
    });
  }
  if (problems.length > 0)
    throw new UserError("there are no complete credentials for a cloud", {
      exitCode: 2,
      problems,
      suggestion:
        "set what is missing in the environment, in .env or with `scw init`; to try Mayfly without an account, `npm start` in a clone",
    });
  return connected;
}

function environmentOf(env: NodeJS.ProcessEnv, settings: Config["accounts"][string]): NodeJS.ProcessEnv {
  const { projectId, credentials } = settings;
  const chosen =
    credentials === "env"
      ? env
      : {
          HOME: env.HOME,
          XDG_CONFIG_HOME: env.XDG_CONFIG_HOME,
          SCW_CONFIG_PATH: env.SCW_CONFIG_PATH,
          SCW_PROFILE: credentials,
        };
  return projectId === undefined ? chosen : { ...chosen, SCW_DEFAULT_PROJECT_ID: projectId };
}
