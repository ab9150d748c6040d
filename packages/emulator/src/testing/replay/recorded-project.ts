import type { Cassette } from "./cassette.ts";

const FIELDS = new Set(["organization", "organization_id", "project", "project_id"]);

/** The project whose id is its organization's too, as most recordings name it in their requests; undefined: none does. */
export function recordedProject(cassettes: readonly Cassette[]): string | undefined {
  const organizations = new Set<string>();
  const named = new Map<string, number>();
  for (const { interactions } of cassettes) {
    const inCassette = new Set<string>();
    for (const { request, query, answer } of interactions) {
      gather(request.body, (_, id) => inCassette.add(id));
      gather(query, (_, id) => inCassette.add(id));
      gather(answer.body, (field, id) => field.startsWith("organization") && organizations.add(id));
    }
    for (const id of inCassette) named.set(id, (named.get(id) ?? 0) + 1);
  }
  return [...named].filter(([id]) => organizations.has(id)).sort(([, one], [, other]) => other - one)[0]?.[0];
}

function gather(value: unknown, found: (field: string, id: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const id = Array.isArray(inner) && inner.length === 1 ? (inner[0] as unknown) : inner;
    if (FIELDS.has(key) && typeof id === "string") found(key, id);
    else gather(inner, found);
  }
}
