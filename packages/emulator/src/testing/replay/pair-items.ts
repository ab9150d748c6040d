/** Of a recorded item and one got: the higher, the likelier the same thing. */
type Score = (recorded: unknown, got: unknown, atSameIndex: boolean) => number;

/**
 * Gives each item of a recorded list, in order, the likeliest item of the list got that is still free.
 * Scores are taken only when the pair is asked for, so that what one pair teaches counts for the next.
 *
 * @param above a pair must score more
 */
export function* pairItems(
  recorded: readonly unknown[],
  got: readonly unknown[],
  score: Score,
  above = -Infinity,
): Generator<[recorded: unknown, got: unknown]> {
  const free = new Set(got.keys());
  for (const [index, item] of recorded.entries()) {
    let best: { index: number; score: number } | undefined;
    for (const candidate of free) {
      const reached = score(item, got[candidate], candidate === index);
      if (reached > (best?.score ?? above)) best = { index: candidate, score: reached };
    }
    if (best === undefined) continue;
    free.delete(best.index);
    yield [item, got[best.index]];
  }
}
