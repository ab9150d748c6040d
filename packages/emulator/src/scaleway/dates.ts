/** Instance v1 writes `2026-07-30T12:54:44.240000+00:00`. */
export function offsetDate(at: number): string {
  return new Date(at).toISOString().replace("Z", "000+00:00");
}

/** Everything else writes `2026-07-30T12:54:44.240000Z`. */
export function zuluDate(at: number): string {
  return new Date(at).toISOString().replace("Z", "000Z");
}
