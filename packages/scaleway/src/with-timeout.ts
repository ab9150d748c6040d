import type { Clock } from "./clock.ts";
import type { Fetch } from "./fetch-chain.ts";
import { readWhole } from "./read-whole.ts";

export interface TimeoutOptions {
  clock: Clock;
  /** For one attempt, its body included. */
  timeoutMs: number;
  /** For one attempt to create a server. */
  createTimeoutMs: number;
}

/**
 * Bounds one attempt, up to the last byte of the answer, which it returns already read.
 *
 * Where a limiter stands below the chain, put this below the limiter: time in its queue is nobody's fault.
 */
export function withTimeout(next: Fetch, options: TimeoutOptions): Fetch {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const creates = request.method === "POST" && pathname.endsWith("/servers");
    const ms = creates ? options.createTimeoutMs : options.timeoutMs;
    const call = new AbortController();
    const timer = new AbortController();
    // Whatever a fetch makes of the signal, the attempt is over as soon as it fires.
    const over = Promise.withResolvers<never>();
    const stop = (reason: unknown) => {
      call.abort(reason);
      over.reject(reason);
    };
    const stopped = () => stop(request.signal.reason);
    if (request.signal.aborted) stopped();
    request.signal.addEventListener("abort", stopped, { once: true });
    options.clock.sleep(ms, timer.signal).then(
      () => stop(new Error(`no answer within ${ms / 1000} s`)),
      (error: unknown) => error === DONE || stop(error),
    );
    try {
      const answer = async () => whole(await next(new Request(request, { signal: call.signal })));
      return await Promise.race([answer(), over.promise]);
    } finally {
      timer.abort(DONE);
      request.signal.removeEventListener("abort", stopped);
    }
  };
}

/** Without a reason of its own each abort would make an error with a stack. */
const DONE = "the attempt is over";

/** The same answer with its body in memory. */
async function whole(response: Response): Promise<Response> {
  const body = await readWhole(response);
  const { status, statusText, headers } = response;
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
}
