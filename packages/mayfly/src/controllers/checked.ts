import { RequestProblem } from "../api/problem.ts";
import { ProviderError } from "../providers/error.ts";

/**
 * Asks the cloud for somebody who waits for the answer; its refusals become theirs.
 * @param unanswered what to say where the cloud did not answer, or not yet
 */
export async function checked<T>(ask: () => Promise<T>, unanswered = NOTHING): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    switch (error.code) {
      case "unauthorized":
        throw new RequestProblem(
          "unauthorized",
          `${error.message}; ${NOTHING}: check the account's keys and what they may do`,
        );
      case "invalid_input":
        throw new RequestProblem("invalid", `${error.message}; ${NOTHING}`);
      default:
        throw new RequestProblem("unavailable", `${error.message}; ${unanswered}`);
    }
  }
}

const NOTHING = "nothing was done";
