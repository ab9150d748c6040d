/** Another resource, by what it returned or by its id. */
export type Reference = string | { id: string };

export function idOf(reference: Reference): string {
  return typeof reference === "string" ? reference : reference.id;
}
