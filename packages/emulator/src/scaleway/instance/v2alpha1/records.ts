import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";

/** A list of objects; absent and null are `undefined`. */
export function records(body: Body, name: string): Body[] | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.some((one) => !isObject(one)))
    throw invalidArgument(name, "format", "must be a list of objects");
  return value as Body[];
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
