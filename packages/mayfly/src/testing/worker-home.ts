import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A home of its own for one of several workers, which all have this account. */
export function workerHome(
  folder: string,
  index: number,
  account: { callsPerSecond?: number; visibilityGapMs?: number } = {},
): string {
  const home = join(folder, `w${index}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const accounts = { default: { provider: "scaleway", ...account } };
  writeFileSync(join(home, "config.json"), JSON.stringify({ accounts }));
  return home;
}
