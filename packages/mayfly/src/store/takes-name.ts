import type { Instance } from "../lifecycle/instance.ts";

/** Whether the change gives a live row a name that it did not hold before. */
export const takesName = (before: Instance, after: Instance): boolean =>
  after.phase !== "deleted" && (before.phase === "deleted" || after.name !== before.name);
