import type { Clock } from "./clock.ts";
import type { Fetch } from "./fetch-chain.ts";

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
    const signal = AbortSignal.any([request.signal, call.signal]);
    const late = options.clock.sleep(ms, done.signal).then(() => {
      const error = new Error(`no answer within ${ms / 1000} s`);
      call.abort(error);
      throw error;
    });
    try {
      return await Promise.race([
        next(new Request(request, { signal })).then(whole),
        late,
        aborted(request, done.signal),
      ]);
    } finally {
      done.abort(DONE);
    }
  };
}

/** Without a reason of its own each abort would make an error with a stack. */
const DONE = "the attempt is over";

/** The same answer with its body in memory; throws when that is larger than any true answer. */
export async function whole(response: Response): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BODY_BYTES) throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status, statusText, headers });
}

/** A page of a hundred servers has half a megabyte. */
const LARGEST_BODY_BYTES = 16 * 2 ** 20;

function aborted(request: Request, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(request.signal.reason);
    if (request.signal.aborted) stop();
    request.signal.addEventListener("abort", stop, { once: true, signal: done });
  });
}
