import { limits } from "../api/limits.ts";
import type { ProblemItem } from "../api/problem.ts";

/** `20GB` or `1TB`, in GB of 10^9 bytes; or what is wrong with it. */
export function readSize(text: string): number | ProblemItem {
  const [, digits, unit = "gb"] = /^(\d{1,6})(GB?|TB?)?$/i.exec(text) ?? [];
  const sizeGb = Number(digits ?? 0) * (unit.toLowerCase().startsWith("t") ? 1_000 : 1);
  if (sizeGb >= 1 && sizeGb <= limits.volumeGb) return sizeGb;
  const message = `"${text}" is not a size from 1GB to ${limits.volumeGb}GB`;
  return { path: "SIZE", message, suggestion: "write it like 20GB" };
}
