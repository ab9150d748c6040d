import type { PassedCall } from "./gate.ts";

const ENDING: ReadonlySet<string | undefined> = new Set(["terminate", "poweroff", "stop_in_place"]);

/** The calls that ended this machine, or were to. */
export const endingCalls = (passed: readonly PassedCall[], machineId: string): PassedCall[] =>
  passed.filter(
    ({ method, path, action }) =>
      path.includes(machineId) &&
      (action === undefined ? method === "DELETE" && path.endsWith(machineId) : ENDING.has(action)),
  );
