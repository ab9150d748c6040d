import { spawnSync } from "node:child_process";

/** Why what runs in guests cannot be tried here; where it has to be, the tests go ahead and fail. */
export function noPython(): string | false {
  if (process.env["CI"] || spawnSync("python3", ["--version"]).status === 0) return false;
  return "NOT TRIED: there is no python3 on the PATH, and what reports in guests is written in it";
}
