/** The header of an instance v1 create. */
export function location(zone: string, collection: string, id: string): Record<string, string> {
  return { Location: `https://api.scaleway.com/instance/v1/zones/${zone}/${collection}/${id}` };
}
