/** How far the end of one thing has come. */
export type Step = "deleting" | "gone";

/** Every step is tried, also when another fails; then the first failure is thrown. */
export async function everyStep(steps: (Step | Promise<Step>)[]): Promise<Step[]> {
  const results = await Promise.allSettled(steps);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return results.map((result) => (result.status === "fulfilled" ? result.value : "deleting"));
}
