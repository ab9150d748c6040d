import type { Effect, Fault } from "./faults.ts";

/** What `POST /_emulator/faults` asks for, or everything that is wrong with it. */
export type FaultOrder = { fault?: Fault; listLagMs?: number } | { problems: string[] };

type Given = Readonly<Record<string, unknown>>;

const KINDS = ["status", "rateLimited", "cutBefore", "cutAfter", "latency", "missPage"] as const;
const MOST_MS = 3_600_000;

/** Reads one fault, or `{"listLagMs":n}`; nothing of it is taken when something is wrong. */
export function readFault(text: string): FaultOrder {
  let given: Given;
  try {
    given = Object(JSON.parse(text)) as Given;
  } catch {
    return { problems: ["a fault is a JSON object"] };
  }
  const problems = unknownKeys(given, "", ["match", "times", "effect", "listLagMs"]);
  const { listLagMs, effect, times } = given;
  if (effect === undefined && listLagMs === undefined) problems.push("effect or listLagMs is missing");
  problems.push(...wholeNumber("listLagMs", listLagMs, MOST_MS), ...wholeNumber("times", times, 1e9));
  if (effect !== undefined) problems.push(...wrongEffect(Object(effect) as Given));
  const match = Object(given.match ?? {}) as Given;
  problems.push(...unknownKeys(match, "match.", ["operation", "method", "path", "afterCalls"]));
  for (const key of ["operation", "method", "path"])
    if (match[key] !== undefined && typeof match[key] !== "string")
      problems.push(`match.${key} is not a string`);
  problems.push(...wholeNumber("match.afterCalls", match.afterCalls, 1e9));
  if (problems.length > 0) return { problems };
  return {
    ...(listLagMs === undefined ? {} : { listLagMs: listLagMs as number }),
    ...(effect === undefined
      ? {}
      : {
          fault: {
            match: match as Fault["match"],
            effect: effect as Effect,
            ...(times === undefined ? {} : { times: times as number }),
          },
        }),
  };
}

function wrongEffect(effect: Given): string[] {
  const kind = KINDS.find((one) => one === effect.kind);
  switch (kind) {
    case "status":
      return [
        ...unknownKeys(effect, "effect.", ["kind", "status", "body"]),
        ...wholeNumber("effect.status", effect.status ?? -1, 599, 200),
      ];
    case "latency":
      return [
        ...unknownKeys(effect, "effect.", ["kind", "ms"]),
        ...wholeNumber("effect.ms", effect.ms ?? -1, MOST_MS),
      ];
    case "rateLimited":
    case "cutBefore":
    case "cutAfter":
    case "missPage":
      return unknownKeys(effect, "effect.", ["kind"]);
    case undefined:
      return [`effect.kind is none of ${KINDS.join(", ")}`];
    default:
      return kind satisfies never;
  }
}

function wholeNumber(name: string, value: unknown, most: number, least = 0): string[] {
  const right = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  return value === undefined || right ? [] : [`${name} is not a whole number from ${least} to ${most}`];
}

function unknownKeys(given: Given, where: string, known: readonly string[]): string[] {
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}${key} is not known; known are ${known.join(", ")}`);
}
