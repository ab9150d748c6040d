import "./no-telemetry.ts";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Why what needs the engine cannot be tried here; where it has to be, it throws. For a test's `skip`. */
export function engineMissing(): string | false {
  if (existsSync(join(import.meta.dirname, "../../../node_modules/alchemy/package.json"))) return false;
  const why = "alchemy is not installed; `npm test` does it, or `node scripts/alchemy-engine.mjs`";
  if (process.env["CI"]) throw new Error(`not tried, and in CI that is a failure: ${why}`);
  process.stderr.write(`NOT TRIED: ${why}\n`);
  return `NOT TRIED: ${why}`;
}
