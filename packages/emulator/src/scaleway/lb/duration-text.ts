import { text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";

/** A duration as the API writes it: `0.500000000s` is `0.500s`, `4.000000000s` is `4s`. */
export function durationText(body: Body, name: string): string | null {
  const given = text(body, name);
  if (given === undefined) return null;
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d{1,9}))?s$/.exec(given) ?? [];
  if (whole === "") throw invalidArgument(name, "format", "must be a duration in seconds");
  const digits = fraction.padEnd(9, "0").replace(/(000)+$/, "");
  return digits === "" ? `${whole}s` : `${whole}.${digits}s`;
}
