/** Whether the query says yes; the Python SDK writes it with a capital. */
export function queriedFlag(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === "true";
}
