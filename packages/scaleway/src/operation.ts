/** Method and path of a request, without its query: `GET /instance/v1/zones/fr-par-1/servers`. */
export function operation(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname}`;
}
