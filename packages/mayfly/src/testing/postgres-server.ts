import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { notTried } from "./not-tried.ts";

/** A private PostgreSQL on a port and in a folder of its own, which forgets nothing that it confirmed. */
export interface PostgresServer {
  port: number;
  /** Of the one database that is there at first. */
  url: string;
  /** SIGKILL, and up again with what it had on disk. */
  restart(options?: { downMs?: number }): Promise<void>;
  /** Ends every connection to the database, and takes no new ones for `downMs`. */
  cutConnections(options?: { downMs?: number }): Promise<void>;
  /** As its administrator, in the database. */
  query(text: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

const DATABASE = "mayfly";
const READY_BOUND_MS = 30_000;

/** Where the programs are: on PATH, in Debian's folder, else in its package, which is installed where that is allowed. */
function findPostgres(): { bin: string } | { missing: string } {
  const bin = installedBin();
  if (bin !== undefined) return { bin };
  if (process.getuid?.() !== 0) return { missing: "no postgres on PATH, and no right to install one" };
  // RUNLEVEL: nothing is started by the installation.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const install = ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"];
  for (const words of [
    ["update", "-q"],
    [...install, "postgresql"],
  ])
    spawnSync("apt-get", words, { env, timeout: 240_000 });
  const installed = installedBin();
  return installed === undefined
    ? { missing: "no postgres on PATH, and apt-get could not install it" }
    : { bin: installed };
}

function installedBin(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(":"),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  return folders.find((folder) =>
    ["postgres", "initdb"].every((name) => folder !== "" && existsSync(join(folder, name))),
  );
}

/** Answers why the test is skipped; where a skip would hide a failure it throws. */
export function postgresOrSkip(): { bin: string } | { skip: string } {
  const found = findPostgres();
  return "bin" in found ? found : { skip: notTried(`a real PostgreSQL: ${found.missing}`) };
}

/** @param options more settings, as `name=value`. */
export async function startPostgres(bin: string, options: readonly string[] = []): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-postgres-"));
  const user = userToRunAs();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const words = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  const made = spawnSync(join(bin, "initdb"), words, { ...user, cwd: folder, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb ended with ${made.status}: ${made.stdout}${made.stderr}`);
  const port = await freePort();
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "shared_buffers=32MB",
    "max_connections=200",
    ...options,
  ];
  const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let child = await up();
  await inDatabase("postgres", `CREATE DATABASE ${DATABASE}`);

  async function up(): Promise<ChildProcess> {
    const [program, ...first] = diesWithThisProcess(join(bin, "postgres"));
    const stdio = ["ignore", "ignore", "pipe"] as const;
    const started = spawn(program, [...first, ...args], { ...user, cwd: folder, stdio: [...stdio] });
    let said = "";
    started.stderr!.on("data", (text: Buffer) => (said = `${said}${text}`.slice(-4_000)));
    let ended = false;
    started.once("exit", () => (ended = true));
    await new Promise<void>((resolve, reject) => {
      started.once("error", reject);
      started.once("spawn", resolve);
    });
    const until = performance.now() + READY_BOUND_MS;
    while (!(await answers())) {
      if (ended || performance.now() > until) throw new Error(`postgres does not answer: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return started;
  }

  async function down(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  function answers(): Promise<boolean> {
    return inDatabase("postgres", "SELECT 1").then(
      () => true,
      () => false,
    );
  }

  async function inDatabase(database: string, text: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: urlOf(database), connectionTimeoutMillis: 5_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  return {
    port,
    url: urlOf(DATABASE),
    async restart({ downMs = 0 } = {}) {
      await down();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      child = await up();
    },
    async cutConnections({ downMs = 0 } = {}) {
      const allow = (whether: boolean) =>
        inDatabase("postgres", `ALTER DATABASE ${DATABASE} WITH ALLOW_CONNECTIONS ${whether}`);
      await allow(false);
      const ofDatabase = `FROM pg_stat_activity WHERE datname = '${DATABASE}'`;
      await inDatabase("postgres", `SELECT pg_terminate_backend(pid) ${ofDatabase}`);
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await allow(true);
    },
    query: (text) => inDatabase(DATABASE, text),
    async stop() {
      await down();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function userToRunAs(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (what: string) => Number(spawnSync("id", [what, "postgres"], { encoding: "utf8" }).stdout);
  const [uid, gid] = [idOf("-u"), idOf("-g")];
  if (!uid || !gid)
    throw new Error("start postgres: it refuses to run as root, and there is no user postgres");
  return { uid, gid };
}

/** Where Linux can do that: a test that is killed stops nothing itself. */
function diesWithThisProcess(program: string): [string, ...string[]] {
  const can = spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0;
  return can ? ["setpriv", "--pdeathsig", "KILL", program] : [program];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
