/** `fr-par` of `fr-par-1`. */
export const regionOf = (zone: string): string => zone.replace(/-\d+$/, "");
