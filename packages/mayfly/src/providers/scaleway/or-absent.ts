import { ScalewayCallError } from "@mayfly/scaleway";

/** What is not there is `undefined`, not an error. */
export async function orAbsent<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ScalewayCallError && error.kind === "not_found") return undefined;
    throw error;
  }
}
