import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CannotReplay } from "./cannot-replay.ts";

/** A file's text, gzipped or not. */
export function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (zipped ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new CannotReplay(`read ${file}: ${(error as Error).message}`, { cause: error });
  }
}
