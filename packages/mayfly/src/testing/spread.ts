export interface Spread {
  count: number;
  median: number;
  p99: number;
  worst: number;
}

/** Of milliseconds, rounded. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { count: sorted.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}
