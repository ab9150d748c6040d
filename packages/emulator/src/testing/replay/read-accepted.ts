import { fileURLToPath } from "node:url";
import type { AcceptedDifference } from "./accepted.ts";
import { CannotReplay } from "./cannot-replay.ts";
import { readText } from "./read-text.ts";

/** The project's own file of accepted differences. */
export const acceptedFile: string = fileURLToPath(new URL("accepted.json", import.meta.url));

/** Reads accepted differences; each must say what and why. */
export function readAccepted(file: string): AcceptedDifference[] {
  const text = readText(file);
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    throw new CannotReplay(`read ${file}: not JSON`, { cause: error });
  }
  if (!Array.isArray(entries)) throw new CannotReplay(`read ${file}: not a list`);
  for (const [index, entry] of (entries as (Record<string, unknown> | null)[]).entries())
    for (const key of ["operation", "path", "what", "why"])
      if (typeof entry?.[key] !== "string")
        throw new CannotReplay(`read ${file}: entry ${index + 1} lacks ${key}`);
  return entries as AcceptedDifference[];
}
