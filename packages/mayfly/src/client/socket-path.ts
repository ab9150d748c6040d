import { assertOwnHome } from "./assert-own-home.ts";

// The kernel takes about 107 bytes.
const LONGEST_BYTES = 100;

/**
 * Where the service of a home listens: in the home itself, or, when that path is too long for a socket, in a folder of
 * its own that only this user can enter. That folder is made, and refused when it is not ours, as a home is that others
 * can write to.
 */
export async function socketPath(home: string, env: NodeJS.ProcessEnv): Promise<string> {
  assertOwnHome(home);
  const direct = `${home}/mayfly.sock`;
  if (fits(direct)) return direct;
  const { createHash } = await import("node:crypto");
  const folder = `mayfly-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`;
  for (const base of [env["XDG_RUNTIME_DIR"], env["TMPDIR"], "/tmp"]) {
    const path = `${base}/${folder}/mayfly.sock`;
    if (!base || !fits(path)) continue;
    ensureOurs(`${base}/${folder}`);
    return path;
  }
  throw new Error(
    `find a place for the socket of ${home}: every path is too long; set MAYFLY_HOME to a shorter one`,
  );
}

const fits = (path: string): boolean => Buffer.byteLength(path) <= LONGEST_BYTES;

function ensureOurs(folder: string): void {
  // Every command comes by this module and few get here: an ES import of node:fs would cost all of them 5 ms.
  const { lstatSync, mkdirSync } = process.getBuiltinModule("node:fs");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const ours = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  if (!ours)
    throw new Error(
      `use ${folder} for the socket: it is a link, or others own it or can enter it; remove it`,
    );
}
