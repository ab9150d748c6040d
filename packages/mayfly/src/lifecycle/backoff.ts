/** How long to pause after the n-th consecutive failure: 2 s doubled up to a minute, give or take a fifth. */
export function backoffMs(failures: number, fraction: number): number {
  const base = Math.min(60_000, 2_000 * 2 ** Math.min(failures - 1, 10));
  return Math.round(base * (0.8 + 0.4 * fraction));
}
