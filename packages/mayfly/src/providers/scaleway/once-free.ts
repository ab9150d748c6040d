import { ScalewayCallError } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import { ProviderError } from "../error.ts";

const WITHIN_MS = 120_000;
const EVERY_MS = 5_000;

/** Does the step, at once and then at intervals, until no conflict holds it back; past two minutes the last one is thrown. */
export async function onceFree(
  step: () => Promise<void>,
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<void> {
  const deadline = clock.monotonic() + WITHIN_MS;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!isConflict(error) || clock.monotonic() >= deadline) throw error;
    }
    await clock.sleep(EVERY_MS, signal);
  }
}

const isConflict = (error: unknown): boolean =>
  (error instanceof ScalewayCallError && error.kind === "conflict") ||
  (error instanceof ProviderError && error.code === "conflict");
