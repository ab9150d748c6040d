import { printable } from "../api/printable.ts";
import type { Heard } from "../lifecycle/hear.ts";

/** A log's end with its JSON around it is far below; more was not written by our reporter. */
const LONGEST_REPORT = 64 * 1024;
const LONGEST_LOG = 4_096;
const MOST_LINES = 100;

/**
 * What a guest's report says. Whoever is root in the guest wrote it: of what it holds, one word of three is believed, and
 * the log's end is kept, bounded and visible, for people to read.
 *
 * @param text `{ "version": 1, "status": "done" | "degraded" | "error", "log"?: string }`
 */
export function readReport(text: string | undefined): Heard {
  if (text === undefined || text === "") return { kind: "not-yet", why: "cloud-init has not reported yet" };
  const { version, status, log } = text.length > LONGEST_REPORT ? {} : parse(text);
  const lines = typeof log === "string" && log !== "" ? { log: linesOf(log) } : {};
  if (version === 1)
    switch (status) {
      case "done":
        return { kind: "ready" };
      case "degraded":
        return { kind: "ready", note: "cloud-init ended with warnings", ...lines };
      case "error":
        return { kind: "failed", why: "cloud-init failed: it ended with errors", log: [], ...lines };
    }
  return { kind: "not-yet", why: "what its guest reported of cloud-init cannot be read" };
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function linesOf(log: string): string[] {
  const end = log.slice(-LONGEST_LOG).trimEnd();
  return end
    .split(/\r\n|\n|\r/)
    .slice(-MOST_LINES)
    .map((line) => printable(line.replaceAll("\t", "  ")));
}
