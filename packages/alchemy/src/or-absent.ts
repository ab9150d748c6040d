import { ScalewayCallError } from "@mayfly/scaleway";

/** Undefined for what the cloud does not find. */
export async function orAbsent<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ScalewayCallError && error.kind === "not_found") return undefined;
    throw error;
  }
}
