import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import type { Commands } from "./api/commands.ts";
import { accountFingerprint } from "./client/account-fingerprint.ts";
import { socketPath } from "./client/socket-path.ts";
import { UserError } from "./cli/user-error.ts";
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { createCommands } from "./controllers/commands.ts";
import { createControllers } from "./controllers/controllers.ts";
import { createDoctor } from "./controllers/doctor.ts";
import type { Account, Log, Ports } from "./controllers/ports.ts";
import { createTrustedTime } from "./controllers/trusted-time.ts";
import type { TrustedTime } from "./controllers/trusted-time.ts";
import { createApi } from "./http/create-api.ts";
import { listen } from "./http/listen.ts";
import { connectScaleway } from "./providers/scaleway/connect.ts";
import { findCredentials } from "./providers/scaleway/credentials.ts";
import { systemRandom } from "./random.ts";
import { createTimerScheduler } from "./scheduler/timer.ts";
import { lockHome } from "./store/home-lock.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import { version } from "./version.ts";

export interface ServiceOptions {
  /** Everything that is kept lies in this folder. */
  home: string;
  env: NodeJS.ProcessEnv;
  /** Listen on this port of the loopback interface too; 0 takes a free one. */
  port?: number;
  /** @default "info" */
  logLevel?: "debug" | "info" | "warn" | "error";
  /** A file, made with mode 0600. @default standard output */
  logDestination?: string;
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

const STOP_BOUND_MS = 7_000;

/** The one file that says which implementation stands behind each port. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { home, env } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const release = lockHome(join(home, "mayfly.lock"));
  if (!release)
    throw new UserError(`a service keeps ${home} already`, {
      exitCode: 4,
      suggestion: "`mayfly doctor` shows it; for another one choose another MAYFLY_HOME",
    });
  try {
    return await start(options, release, openLog(options), await socketPath(home, env));
  } catch (error) {
    release();
    throw error;
  }
}

async function start(
  options: ServiceOptions,
  release: () => void,
  log: Log,
  path: string,
): Promise<RunningService> {
  const { home, env, port } = options;
  const [clock, random] = [systemClock, systemRandom];
  const time = createTrustedTime(clock, (message) => log.warn({}, message));
  const accounts = await connectAccounts({ home, env, time, log });
  const store = await openSqliteStore({
    path: join(home, "mayfly.db"),
    random,
    owner: env.MAYFLY_OWNER || undefined,
  });
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
  const handler = createApi({
    commands,
    clock,
    log,
    serviceFingerprints: () =>
      Object.fromEntries(accounts.map(({ name, fingerprint }) => [name, fingerprint])),
  });
  const listening = await listen({ handler, clock, socketPath: path, port });
  await controllers.start();
  log.info(
    { home, socket: path, url: listening.url, owner: await store.owner(), version },
    "the service has started",
  );

  let stopping: Promise<void> | undefined;
  let hasStopped: () => void;
  const stopped = new Promise<void>((resolve) => (hasStopped = resolve));
  const shutDown = async () => {
    log.info({}, "the service is stopping");
    await listening.close();
    // A timer that is left keeps the process alive.
    const settled = new AbortController();
    await Promise.race([
      controllers.stop(),
      clock.sleep(STOP_BOUND_MS, settled.signal).catch(() => undefined),
    ]);
    settled.abort();
    await store.close();
    release();
    log.info({}, "the service has stopped");
    hasStopped();
  };
  return { socketPath: path, url: listening.url, commands, stopped, stop: () => (stopping ??= shutDown()) };
}

function openLog({ logLevel = "info", logDestination }: ServiceOptions): Log {
  const destination = pino.destination({ dest: logDestination ?? 1, mode: 0o600, sync: true });
  return pino({ level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

export interface ConnectedAccount extends Account {
  endpoint: string;
  fingerprint: string;
  calls: () => Record<string, number>;
}

async function connectAccounts(options: {
  home: string;
  env: NodeJS.ProcessEnv;
  time: TrustedTime;
  log: Log;
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
    const { provider, limiter } = connectScaleway({
      credentials: found.credentials,
      apiUrl: found.apiUrl,
      defaultZone,
      clock: systemClock,
      random: systemRandom,
      fetch: (request) => fetch(request),
      heard: options.time.heard,
    });
    connected.push({
      name,
      provider,
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
