import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";

/** A private Redis on a port of its own, which forgets nothing that it confirmed. */
export interface RedisServer {
  port: number;
  /** SIGKILL, and up again with what it had on disk. */
  restart(options?: { downMs?: number }): Promise<void>;
  /** A client of its own, as the web app has one. */
  client(): Promise<RedisUser>;
  stop(): Promise<void>;
}

export type RedisUser = ReturnType<typeof userOf>;

const userOf = (port: number) => createClient({ socket: { port, host: "127.0.0.1", reconnectStrategy: 50 } });

/** Where the program is: on PATH, else in Debian's package, which is installed where that is allowed. Else why not. */
function findRedis(): { program: string } | { missing: string } {
  const found = () =>
    ["redis-server", "valkey-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
  const program = found();
  if (program !== undefined) return { program };
  if (process.getuid?.() !== 0) return { missing: "no redis-server on PATH, and no right to install one" };
  // RUNLEVEL: nothing is started by the installation.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const install = ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"];
  for (const words of [
    ["update", "-q"],
    [...install, "redis-server"],
  ])
    spawnSync("apt-get", words, { env, timeout: 240_000 });
  const installed = found();
  return installed === undefined
    ? { missing: "no redis-server on PATH, and apt-get could not install it" }
    : { program: installed };
}

/** Answers why the test is skipped; where a skip would hide a failure it throws. */
export function redisOrSkip(): { program: string } | { skip: string } {
  const found = findRedis();
  if ("program" in found) return found;
  if (process.env["CI"]) throw new Error(`${found.missing}: in CI that is a failure`);
  process.stderr.write(`SKIPPED, not tested on a real Redis: ${found.missing}\n`);
  return { skip: found.missing };
}

export async function startRedis(program: string, options: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-redis-"));
  const port = await freePort();
  const words = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const args = [...words, "--appendonly", "yes", "--appendfsync", "always", ...options];
  const users = new Set<RedisUser>();
  let child = await up();

  async function up(): Promise<ChildProcess> {
    const started = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const ready = new Promise<void>((resolve, reject) => {
      started.stdout.on("data", (text: Buffer) => {
        said += text.toString();
        if (/Ready to accept connections/.test(said)) resolve();
      });
      started.once("error", reject);
      started.once("exit", () => reject(new Error(`redis ended: ${said}`)));
    });
    await ready;
    return started;
  }
  async function down(): Promise<void> {
    const ended = new Promise((resolve) => child.once("close", resolve));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await ended;
  }

  return {
    port,
    async restart({ downMs = 0 } = {}) {
      await down();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      child = await up();
    },
    async client() {
      const user = userOf(port);
      user.on("error", () => undefined);
      users.add(user);
      await user.connect();
      return user;
    },
    async stop() {
      for (const user of users) if (user.isOpen) user.destroy();
      await down();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
