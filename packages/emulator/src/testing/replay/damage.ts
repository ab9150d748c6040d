import type { Random } from "../../random.ts";
import type { Given } from "./answering-cloud.ts";

/** Spoils an answer in a way that no client would forgive; undefined: there is nothing to spoil in it. */
export function damage(given: Given, random: Random): Given | undefined {
  if (!given.text.startsWith("{")) return undefined;
  const body = JSON.parse(given.text) as Record<string, unknown>;
  const target = Object.values(body).find(isThing) ?? body;
  const keys = Object.keys(target);
  const key = keys[random.int(keys.length)];
  if (key === undefined) return undefined;
  const value = target[key];
  switch (random.int(4)) {
    case 0:
      return { ...given, status: given.status === 200 ? 500 : 200 };
    case 1:
      return { ...given, headers: { ...given.headers, "content-type": "application/json; charset=utf-8" } };
    case 2:
      target[key] = typeof value === "string" ? 1 : Array.isArray(value) ? {} : [];
      if (value !== null) break;
      delete target[key];
      break;
    default:
      delete target[key];
  }
  return { ...given, text: JSON.stringify(body) };
}

/** `{"server":{"id":…}}`: what is inside tells more. */
function isThing(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && "id" in value;
}
