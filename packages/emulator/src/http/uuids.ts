import { isUuid, text, texts } from "./body.ts";
import type { Body } from "./body.ts";
import { invalidArgument } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import type { Call } from "./route.ts";

/** The `{id}` of the path; what is no UUID is refused before anything is looked for. @param argument its name in the API */
export function pathUuid(call: Call, argument: string): string {
  const id = call.params.id ?? "";
  if (!isUuid(id)) throw malformed(argument);
  return id;
}

/** Absent, null and empty are `undefined`. */
export function uuid(body: Body, name: string): string | undefined {
  const id = text(body, name) || undefined;
  if (id !== undefined && !isUuid(id)) throw malformed(name);
  return id;
}

export function requiredUuid(body: Body, name: string): string {
  const id = uuid(body, name);
  if (id === undefined) throw invalidArgument(name, "required");
  return id;
}

export function uuids(body: Body, name: string): string[] | undefined {
  const ids = texts(body, name);
  if (ids?.some((id) => !isUuid(id))) throw malformed(name);
  return ids;
}

function malformed(name: string): Refusal {
  return invalidArgument(name, "format", "value must be a valid UUID");
}
