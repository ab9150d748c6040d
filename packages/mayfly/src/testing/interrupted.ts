/** What ends a piece of work early, at one of its calls: the process is gone, or the answer is. The call had its effect. */
export type Interruption = { call: number; how: "cut" | "lost" };

type Send = (request: Request) => Promise<Response>;

/**
 * Does a piece of work over a fetch that is interrupted at one call (counted from 1), and resolves when it has ended,
 * however it did. `reached` is false when it made fewer calls: then the last interruption point is behind.
 */
export async function interrupted(
  base: Send,
  { call, how }: Interruption,
  work: (fetch: Send) => Promise<unknown>,
): Promise<{ reached: boolean }> {
  let calls = 0;
  const died = Promise.withResolvers<void>();
  const fetch: Send = async (request) => {
    const own = (calls += 1);
    // The dead make no further calls.
    if (how === "cut" && own > call) return new Promise(() => {});
    const response = await base(request);
    if (own !== call) return response;
    if (how === "lost") throw new TypeError("fetch failed");
    died.resolve();
    return new Promise(() => {});
  };
  await Promise.race([work(fetch).catch(() => undefined), died.promise]);
  return { reached: calls >= call };
}
