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
    const done = new AbortController();
    const stop = () => call.abort(request.signal.reason);
    if (request.signal.aborted) stop();
    request.signal.addEventListener("abort", stop, { once: true, signal: done.signal });
    options.clock.sleep(ms, done.signal).then(
      () => call.abort(new Error(`no answer within ${ms / 1000} s`)),
      (error: unknown) => error === DONE || call.abort(error),
    );
    try {
      const answer = next(new Request(request, { signal: call.signal })).then(whole);
      return await Promise.race([answer, aborted(call.signal)]);
    } finally {
      done.abort(DONE);
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

/** Rejects as soon as the signal says so, whatever a fetch makes of it. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}
