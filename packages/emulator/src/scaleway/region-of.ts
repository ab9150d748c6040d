/** `fr-par-1` lies in `fr-par`. */
export function regionOf(zone: string): string {
  return zone.replace(/-\d+$/, "");
}
