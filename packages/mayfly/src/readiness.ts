import type { Clock } from "./clock.ts";
import type { Store } from "./store/store.ts";

/** Whoever asks waits no longer. */
const MOST_MS = 2_000;

/** Why this process is not of use now; undefined when it is. A store whose schema is another's was refused at the start. */
export async function readiness({
  store,
  clock,
  isWorking,
}: {
  store: Pick<Store, "lastEvent">;
  clock: Clock;
  isWorking: () => boolean;
}): Promise<string | undefined> {
  if (!isWorking()) return "it does not work on instances yet, or not any more";
  const late = new AbortController();
  const answered = store.lastEvent().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const bound = clock.sleep(MOST_MS, late.signal).then(
    () => `the store did not answer within ${MOST_MS / 1_000} s`,
    () => undefined,
  );
  const problem = await Promise.race([answered, bound]);
  late.abort();
  return problem;
}
