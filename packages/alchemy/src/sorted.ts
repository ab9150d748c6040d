/** For fields whose order says nothing. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
