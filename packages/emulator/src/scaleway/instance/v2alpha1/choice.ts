import { one } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";

/** One of the allowed values; clients send `unknown_…` for what they leave open. */
export function choice<T extends string>(body: Body, name: string, allowed: readonly T[]): T | undefined {
  const value = body[name];
  return typeof value === "string" && value.startsWith("unknown_") ? undefined : one(body, name, allowed);
}

export function requiredChoice<T extends string>(body: Body, name: string, allowed: readonly T[]): T {
  const value = choice(body, name, allowed);
  if (value === undefined) throw invalidArgument(name, "required");
  return value;
}
