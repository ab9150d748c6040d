import { invalidArgument } from "./refusal.ts";

export type Body = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** Absent and null are `undefined`; another type than a string is refused. */
export function text(body: Body, name: string): string | undefined {
  const value = body[name] ?? undefined;
  if (value !== undefined && typeof value !== "string")
    throw invalidArgument(name, "format", "must be a string");
  return value;
}

export function required(body: Body, name: string): string {
  const value = text(body, name);
  if (!value) throw invalidArgument(name, "required");
  return value;
}

export function flag(body: Body, name: string, fallback: boolean): boolean {
  const value = body[name] ?? fallback;
  if (typeof value !== "boolean") throw invalidArgument(name, "format", "must be a boolean");
  return value;
}

export function integer(body: Body, name: string): number | undefined {
  const value = body[name] ?? undefined;
  if (value !== undefined && !Number.isInteger(value))
    throw invalidArgument(name, "format", "must be an integer");
  return value as number | undefined;
}

export function texts(body: Body, name: string): string[] | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string"))
    throw invalidArgument(name, "format", "must be a list of strings");
  return [...value];
}

export function record(body: Body, name: string): Body | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!isObject(value)) throw invalidArgument(name, "format", "must be an object");
  return value as Body;
}

/** A list of objects. */
export function records(body: Body, name: string): Body[] | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.some((item) => !isObject(item)))
    throw invalidArgument(name, "format", "must be a list of objects");
  return value as Body[];
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function one<T extends string>(body: Body, name: string, allowed: readonly T[]): T | undefined {
  const value = text(body, name);
  if (value !== undefined && !(allowed as readonly string[]).includes(value))
    throw invalidArgument(name, "constraint", "not a valid value");
  return value as T | undefined;
}
