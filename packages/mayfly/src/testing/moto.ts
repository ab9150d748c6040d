import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { motoImages } from "./moto-images.ts";

/** EC2 as somebody else understands it: https://docs.getmoto.org. */
export interface Moto {
  url: string;
  /** Everything in it is forgotten. */
  reset(): Promise<void>;
}

const VERSION = "5.2.1";
/** Git does not track it, and npm does not clean it away: it is made once. */
const FOLDER = join(import.meta.dirname, "../../../../.cache", `moto-${VERSION}`);

/**
 * A moto of this test file's own, on loopback, which ends with it, or with `t`. Undefined, and said so, where Python cannot have it; that is
 * a failure in CI.
 */
export async function startMoto(
  t: { after(clean: () => void): void } = { after },
): Promise<Moto | undefined> {
  const python = installed();
  if (python === undefined) {
    if (process.env["CI"]) throw new Error("moto cannot be had here, and CI is to judge by it");
    process.stderr.write(
      `\n  SKIPPED: Python 3 with venv and pip cannot have moto ${VERSION}; AWS is not judged\n\n`,
    );
    return undefined;
  }
  const url = await started(python, t);
  return {
    url,
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: "POST" });
    },
  };
}

/** Its Python, installed if need be. */
function installed(): string | undefined {
  const python = join(FOLDER, "bin", "python");
  if (existsSync(python)) return python;
  process.stderr.write(`installing moto ${VERSION}, once …\n`);
  mkdirSync(join(FOLDER, ".."), { recursive: true });
  // Other test files may be at it too: it appears whole or not at all.
  const making = mkdtempSync(`${FOLDER}-`);
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: "ignore" }).status === 0;
  const own = join(making, "bin", "python");
  const made =
    run("python3", "-m", "venv", making) &&
    run(own, "-m", "pip", "install", "-q", `moto[server]==${VERSION}`);
  if (!made) {
    rmSync(making, { recursive: true });
    return undefined;
  }
  try {
    renameSync(making, FOLDER);
  } catch (error) {
    rmSync(making, { recursive: true });
    if (!existsSync(python)) throw error;
  }
  return python;
}

/** It ends when nobody holds its standard input any more, however that came to be. */
const SCRIPT = `
import os, sys, threading
import moto.ec2.models.amis as amis
# At a reset it reads the dates of its images again, which are dates by then.
read = amis.parse_timestamp
amis.parse_timestamp = lambda date: read(date) if isinstance(date, str) else date
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from moto.server import main
main(["-H", "127.0.0.1", "-p", "0"])`;

function started(python: string, t: { after(clean: () => void): void }): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-moto-"));
  const images = join(folder, "images.json");
  writeFileSync(images, JSON.stringify(motoImages));
  const child = spawn(python, ["-c", SCRIPT], {
    env: { PATH: process.env["PATH"], MOTO_AMIS_PATH: images },
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.on("error", () => undefined);
  t.after(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`moto ended with code ${code}: ${said}`)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
      if (said.length > 100_000) said = "";
    });
  });
}
