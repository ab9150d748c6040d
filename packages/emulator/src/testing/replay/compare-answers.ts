import type { Answer } from "./answer.ts";
import type { Interaction } from "./cassette.ts";
import { compareBodies } from "./compare-bodies.ts";
import type { Difference } from "./difference.ts";
import type { IdPairs } from "./id-pairs.ts";
import type { MayLack } from "./read-shapes.ts";
import { xmlBody } from "./xml-body.ts";

export interface Memory {
  readonly ids: IdPairs;
  /** Every text that the client has sent so far. */
  readonly sent: ReadonlySet<string>;
  readonly mayLack: MayLack;
}

const JSON_TYPE = "application/json";
const SHOWN = 200;

/** What differs between a recorded answer and the one got; with another status, nothing else is looked at. */
export function compareAnswers(recorded: Interaction, got: Answer, memory: Memory): Difference[] {
  const { status } = recorded.answer;
  if (got.status !== status)
    return [
      {
        level: "fail",
        path: "",
        what: "status",
        recorded: status,
        got: `${got.status} ${got.text.slice(0, SHOWN)}`.trim(),
      },
    ];
  return [...contentType(recorded, got), ...headers(recorded, got), ...content(recorded, got, memory)];
}

function contentType({ answer }: Interaction, got: Answer): Difference[] {
  const expected = answer.contentType;
  const type = got.headers.get("content-type");
  if (!expected) return [];
  const bare = (value: string | null) => value?.split(";")[0];
  // A 204 may go without; and the JavaScript SDK compares with ===, so a charset is a fault.
  const wrong = answer.status !== 204 && bare(type) !== bare(expected);
  const decorated = expected === JSON_TYPE && type !== null && type !== JSON_TYPE;
  if (!wrong && !decorated) return [];
  return [{ level: "fail", path: "@content-type", what: "content type", recorded: expected, got: type }];
}

function headers({ answer }: Interaction, got: Answer): Difference[] {
  const missing = (name: string): boolean => Boolean(answer.headers[name]) && !got.headers.get(name);
  const found: Difference[] = [];
  if (missing("x-total-count")) found.push({ level: "fail", path: "@x-total-count", what: "missing header" });
  for (const name of ["link", "location"])
    if (missing(name)) found.push({ level: "warn", path: `@${name}`, what: "missing header" });
  if (answer.contentType && !answer.headers["x-total-count"] && got.headers.has("x-total-count"))
    found.push({ level: "warn", path: "@x-total-count", what: "unexpected header" });
  return found;
}

function content(recorded: Interaction, got: Answer, { ids, sent, mayLack }: Memory): Difference[] {
  const { text, body, status } = recorded.answer;
  const shown = got.text.slice(0, SHOWN);
  const by = {
    ids,
    sent,
    listing: recorded.operation?.startsWith("list") ?? false,
    refusal: status >= 400,
    mayLack: (path: string) => mayLack(recorded, path),
  };
  if (text !== undefined && recorded.answer.contentType?.includes("/xml"))
    return compareBodies(xmlBody(text), xmlBody(got.text), by);
  if (text !== undefined) {
    // Text is data (a file, a user's script): only what the client itself has sent is known word by word.
    const same = sent.has(text) || text === "" ? got.text === text : got.text !== "";
    return same
      ? []
      : [{ level: "fail", path: "", what: "text", recorded: text.slice(0, SHOWN), got: shown }];
  }
  if (body === undefined)
    return got.text === "" ? [] : [{ level: "warn", path: "", what: "unexpected body", got: shown }];
  if (got.body === undefined) return [{ level: "fail", path: "", what: "not JSON", got: shown }];
  return compareBodies(body, got.body, by);
}
