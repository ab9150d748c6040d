import { text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";

/** Until when a copy is wanted; undefined: the caller says nothing. */
export function expiryOf(body: Body): number | undefined {
  const given = text(body, "expires_at");
  if (given === undefined) return undefined;
  const at = Date.parse(given);
  if (Number.isNaN(at)) throw invalidArgument("expires_at", "format", "must be a date");
  return at;
}
