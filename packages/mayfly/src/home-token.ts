import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import type { Random } from "./random.ts";

/** What a client of the port has to know: made once, kept in this file with mode 0600. */
export function homeToken(path: string, random: Random): string {
  try {
    writeFileSync(path, `${Buffer.from(random.bytes(32)).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    chmodSync(path, 0o600);
  }
  const token = readFileSync(path, "utf8").trim();
  if (/^[\w-]{32,256}$/.test(token)) return token;
  throw new Error(`read the token in ${path}: it is not one; remove the file, and another one is made`);
}
