import type { Clock } from "../../clock.ts";

type Fetch = (request: Request) => Promise<Response>;

/** A page of a thousand machines has some megabytes. */
const LARGEST_BODY_BYTES = 64 * 2 ** 20;

/**
 * Bounds one attempt, up to the last byte of its answer, which it returns already read. Put it below a limiter. A redirect
 * would take a machine's user data along, to wherever it says: none is followed.
 */
export function boundedFetch(next: Fetch, options: { clock: Clock; timeoutMs: number }): Fetch {
  const { clock, timeoutMs } = options;
  return async (request) => {
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
    clock.sleep(timeoutMs, timer.signal).then(
      () => stop(new Error(`no answer within ${timeoutMs / 1000} s`)),
      (error: unknown) => error === DONE || stop(error),
    );
    try {
      const answer = async () => {
        const response = await next(new Request(request, { signal: call.signal, redirect: "error" }));
        const { status, statusText, headers } = response;
        return new Response(await whole(response), { status, statusText, headers });
      };
      return await Promise.race([answer(), over.promise]);
    } finally {
      timer.abort(DONE);
      request.signal.removeEventListener("abort", stopped);
    }
  };
}

/** The body up to its last byte; throws when that is larger than any true answer. */
async function whole({ body }: Response): Promise<Buffer<ArrayBuffer> | null> {
  if (body === null) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BODY_BYTES) throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Without a reason of its own each abort would make an error with a stack. */
const DONE = "the attempt is over";
