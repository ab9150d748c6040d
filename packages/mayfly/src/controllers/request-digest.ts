import { createHash } from "node:crypto";
import type { CreateInstance } from "../api/create-instance.ts";

/** Equal for requests that ask for the same, in whatever order they say it. */
export function requestDigest(request: CreateInstance): string {
  return createHash("sha256").update(JSON.stringify(request, inOrder)).digest("hex");
}

const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
