/** From one moment to another, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** How long each of these took, in ms, not counting the time that something which all need was away. */
export const lessAway = (spans: readonly Span[], outages: readonly Span[]): number[] =>
  spans.map(({ from, to }) =>
    outages.reduce(
      (ms, away) => ms - Math.max(0, Math.min(to, away.to) - Math.max(from, away.from)),
      to - from,
    ),
  );
