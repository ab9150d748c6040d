/** `fr-par-1` lies in `fr-par`: https://www.scaleway.com/en/docs/account/reference-content/products-availability/ */
export const regionOf = (zone: string): string => zone.replace(/-\d+$/, "");
