import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { connectAccounts } from "./accounts/connect-accounts.ts";
import type { ConnectedAccount } from "./accounts/connect-accounts.ts";
import type { Commands } from "./api/commands.ts";
import { socketPath } from "./client/socket-path.ts";
import { UserError } from "./api/user-error.ts";
import { systemClock } from "./clock.ts";
import { accountFor } from "./controllers/account-for.ts";
import { createCommands } from "./controllers/commands.ts";
import { createControllers } from "./controllers/controllers.ts";
import { createDoctor } from "./controllers/doctor.ts";
import { loggedStore } from "./controllers/logged-store.ts";
import type { Log, Ports } from "./controllers/ports.ts";
import { sparingLog } from "./controllers/sparing-log.ts";
import { createTrustedTime } from "./controllers/trusted-time.ts";
import { databaseFor } from "./database-for.ts";
import { homeToken } from "./home-token.ts";
import { keepWatch } from "./keep-watch.ts";
import type { SwimServiceOptions } from "./open-swim.ts";
import { openLog } from "./open-log.ts";
import type { LogOptions } from "./open-log.ts";
import { clockFor, openRows } from "./open-rows.ts";
import type { Rows } from "./open-rows.ts";
import { createApi } from "./http/create-api.ts";
import { listen } from "./http/listen.ts";
import type { Probe } from "./probe/probe.ts";
import { systemRandom } from "./random.ts";
import { readiness } from "./readiness.ts";
import { refuseStrangers } from "./refuse-strangers.ts";
import { lockHome } from "./store/home-lock.ts";
import type { HomeLock } from "./store/home-lock.ts";
import { version } from "./version.ts";

export interface ServiceOptions extends LogOptions {
  /** Everything that is kept lies in this folder. */
  home: string;
  env: NodeJS.ProcessEnv;
  /** Listen on this port of the loopback interface too, for who sends the home's token; 0 takes a free one. */
  port?: number;
  /** Where the rows are that this service shares with others: a PostgreSQL URL. @default as `databaseFor` says */
  database?: string;
  /** Asks machines whether they serve. @default over the network, where the cloud is not emulated on this machine */
  probe?: Probe;
  /** Take orders from SWIM's queues too. */
  swim?: SwimServiceOptions;
  /** `api` answers requests and works on no instance; `worker` the other way round. Both need a database. @default "all" */
  role?: Role;
}

export type Role = "api" | "worker" | "all";

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

/** The one file that says which implementation stands behind each port; those of the clouds are chosen in `accounts/`. */
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
  const { home, env, role = "all" } = options;
  const database = databaseFor({
    home,
    env,
    ...(options.database !== undefined && { given: options.database }),
  });
  if (role !== "all" && database === undefined)
    throw new UserError(
      `start a service as ${role}: there is no database, and a home alone has one process`,
      {
        exitCode: 2,
        suggestion: "name one with --database or MAYFLY_DATABASE, or leave --role out",
      },
    );
  const clock = clockFor(database);
  const time = createTrustedTime(clock, (message) => log.warn({}, message));
  const calls = new AbortController();
  const accounts = await connectAccounts({ ...options, clock, time, log, signal: calls.signal });
  const followed = new AbortController();
  const rows = await openRows({
    path: join(home, "mayfly.db"),
    ...(database !== undefined && { database }),
    ...(env.MAYFLY_OWNER && { owner: env.MAYFLY_OWNER }),
    clock,
    log,
    signal: followed.signal,
  }).catch((error: unknown) => {
    followed.abort();
    throw error;
  });
  const opened = {
    ...options,
    role,
    database,
    path,
    lock,
    log,
    clock,
    time,
    calls,
    accounts,
    followed,
    rows,
  };
  try {
    return await serve(opened);
  } catch (error) {
    // What is left open would keep the process alive, which serves nobody.
    followed.abort();
    await rows.close();
    throw error;
  }
}

interface Opened extends ServiceOptions {
  role: Role;
  database: string | undefined;
  path: string;
  lock: HomeLock;
  log: Log;
  clock: Ports["clock"];
  time: Ports["time"];
  accounts: ConnectedAccount[];
  rows: Rows;
  /** Cuts off every call to a cloud. */
  calls: AbortController;
  /** Ends the following of the store's clock. */
  followed: AbortController;
}

async function serve(options: Opened): Promise<RunningService> {
  const { home, env, port, role, database, path, lock, log } = options;
  const { clock, time, calls, accounts, followed, rows } = options;
  const random = systemRandom;
  const store = loggedStore(rows.store, log);
  await refuseStrangers(store, accounts);
  const ports: Ports = {
    store,
    scheduler: rows.scheduler,
    ...(rows.together && { together: rows.together }),
    clock,
    random,
    time,
    log,
    accounts: new Map(accounts.map((account) => [account.name, account])),
  };
  // Where several take SWIM's orders in turn, it would be seen only in this one's turn, and by nobody.
  if (options.swim) accountFor(ports, options.swim.account);
  const controllers = createControllers(ports);
  const commands = createCommands(
    ports,
    createDoctor(ports, controllers, { version, home, pid: process.pid, accounts, role }),
  );
  // Only who serves a Redis loads what that needs.
  const swimDoor = options.swim && (await import("./open-swim.ts"));
  const swim = rows.together ? undefined : await swimDoor?.openSwim({ ...ports, commands }, options.swim!);
  let isWorking = false;
  const handler = createApi({
    commands,
    clock,
    log,
    serviceFingerprints: () =>
      Object.fromEntries(accounts.map(({ name, fingerprint }) => [name, fingerprint])),
    ready: () => readiness({ store, clock, isWorking: () => isWorking }),
  });
  const tcp = port === undefined ? undefined : { port, token: homeToken(join(home, "token"), random) };
  const listening = await listen({ handler, clock, socketPath: path, tcp }).catch(async (error: unknown) => {
    // Its connections would keep the process alive, and its hold others from the queues.
    await swim?.stop();
    throw error;
  });
  if (role !== "api") {
    await controllers.start();
    swim?.begin();
    if (rows.together) swimDoor?.takeSwimInTurn({ ...ports, commands }, options.swim!, controllers);
  }
  isWorking = true;
  const [doors, locks, watch] = [[listening], [lock], new AbortController()];
  const watching = keepWatch({
    home,
    socketPath: path,
    locks,
    ...(rows.file && { file: rows.file }),
    listen: async () =>
      void doors.push(await listen({ handler, clock, socketPath: await socketPath(home, env) })),
    clock,
    log,
    signal: watch.signal,
  });
  log.info(
    {
      home,
      socket: path,
      url: listening.url,
      database: rows.together && nameOf(database),
      owner: await store.owner(),
      version,
    },
    "the service has started",
  );

  let stopping: Promise<void> | undefined;
  let hasStopped: () => void;
  const stopped = new Promise<void>((resolve) => (hasStopped = resolve));
  const shutDown = async () => {
    log.info({}, "the service is stopping");
    isWorking = false;
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
    followed.abort();
    await rows.close();
    for (const each of locks) each.release();
    log.info({}, "the service has stopped");
    hasStopped();
  };
  return { socketPath: path, url: listening.url, commands, stopped, stop: () => (stopping ??= shutDown()) };
}

function lockedHome(home: string): HomeLock | undefined {
  const path = join(home, "mayfly.lock");
  try {
    return lockHome(path);
  } catch (error) {
    throw new UserError(`lock ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      suggestion: `look to the disk of ${home}, to whose its files are, and to who else has them open; until a service runs nobody ends the instances there`,
    });
  }
}

/** Without who may use it. */
const nameOf = (database: string | undefined) => {
  if (database === undefined) return undefined;
  const { host, pathname } = new URL(database);
  return `${host}${pathname}`;
};
