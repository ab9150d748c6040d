import { setTimeout as sleep } from "node:timers/promises";
import { ApiProblem } from "../client/api-problem.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";

/** Asks again whenever the service is not there, breaks off, or its cloud does not answer; a refusal is thrown. */
export async function askUntilAnswered<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      const again =
        error instanceof ServiceUnreachable || (error instanceof ApiProblem && error.document.status === 503);
      if (!again) throw error;
    }
    await sleep(100, undefined, { signal });
  }
}
