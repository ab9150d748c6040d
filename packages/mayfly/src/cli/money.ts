const SIGNS = { EUR: "€", USD: "$" } as const;

/** `€0.0132`; below a hundredth of a unit with four digits behind the point, above with two. */
export function money(micros: number, currency: keyof typeof SIGNS): string {
  const digits = micros > 0 && micros < 1_000_000 ? 4 : 2;
  return `${SIGNS[currency]}${(micros / 1e6).toFixed(digits)}`;
}
