import type { ProblemItem } from "../api/problem.ts";

/** `data:20GB` is a volume to be made, `data` one that is there. */
export function readVolume(text: string): { name: string; sizeGb?: number } | ProblemItem {
  const [name = "", size, ...rest] = text.split(":");
  if (size === undefined) return { name };
  const gb = /^([1-9]\d{0,5})(GB|G)?$/i.exec(size)?.[1];
  if (gb !== undefined && name !== "" && rest.length === 0) return { name, sizeGb: Number(gb) };
  return {
    path: "--volume",
    message: `"${text}" is not a name and a size`,
    suggestion: "write it like data:20GB",
  };
}
