/**
 * Where object storage is when it is not at the region's own address: what serves the API elsewhere, an emulator for
 * example, serves object storage there too.
 */
export function storageEndpoint(apiUrl: string | undefined): string | undefined {
  if (apiUrl === undefined || /(^|\.)scaleway\.com$/.test(new URL(apiUrl).hostname)) return undefined;
  return apiUrl;
}
