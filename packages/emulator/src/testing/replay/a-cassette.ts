import type { Cassette, Interaction } from "./cassette.ts";

/** A recorded step; what is left out is a successful GET of a server. */
interface Step {
  service?: string;
  operation?: string;
  method?: string;
  path?: string;
  query?: Record<string, string[]>;
  sends?: unknown;
  status?: number;
  headers?: Record<string, string>;
  /** A string is text, anything else JSON. */
  answers?: unknown;
}

const JSON_TYPE = "application/json";

/** A hand-written recording. */
export function aCassette(...steps: Step[]): Cassette {
  return {
    name: "hand/instance/written",
    home: "instance",
    recordedAt: Date.UTC(2026, 7, 1),
    interactions: steps.map(interaction),
  };
}

function interaction(step: Step, seq: number): Interaction {
  const { service = "instance", operation = "getServer", method = "GET", path = "/servers/one" } = step;
  const { sends, answers, status = 200 } = step;
  const headers = step.headers ?? {
    "content-type": typeof answers === "string" ? "text/plain" : JSON_TYPE,
  };
  return {
    seq,
    service,
    operation,
    method,
    path,
    template: path,
    query: step.query ?? {},
    elsewhere: false,
    lost: false,
    request: { contentType: undefined, ...content(sends) },
    answer: { status, headers, contentType: headers["content-type"], ...content(answers) },
  };
}

function content(value: unknown): { body?: unknown; text?: string } {
  if (value === undefined) return {};
  return typeof value === "string" ? { text: value } : { body: value };
}
