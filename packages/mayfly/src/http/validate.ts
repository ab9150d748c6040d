import type { z } from "zod";
import { limits } from "../api/limits.ts";
import type { ProblemItem } from "../api/problem.ts";
import { didYouMean } from "../lifecycle/nearest.ts";
import { invalid } from "./invalid.ts";

/** What the schema makes of `value`; otherwise what is wrong with it, at once, as far as somebody would read it. */
export function validate<S extends z.ZodObject>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  const problems = issues
    .slice(0, limits.problems)
    .flatMap((issue) => itemsOf(issue, Object.keys(schema.shape)))
    .slice(0, limits.problems);
  throw invalid(problems);
}

function itemsOf(issue: z.core.$ZodIssue, keys: string[]): ProblemItem[] {
  const path = issue.path.join(".");
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, limits.problems).map((key) => unknownKey(path, key, keys));
    case "invalid_value":
      return [
        {
          path,
          message: `is not one of ${issue.values.join(", ")}`,
          suggestion: `write ${issue.values.join(" or ")}`,
        },
      ];
    case "invalid_type":
      return [{ path, message: wrongType(issue) }];
    default:
      return [withSuggestion({ path, message: lowerFirst(issue.message) }, suggestionIn(issue))];
  }
}

/** A key may be as long as a body, and hold what was meant to be a value. */
function unknownKey(path: string, key: string, keys: string[]): ProblemItem {
  const name = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
  const suggestion = key.length > LONGEST_KEY ? undefined : didYouMean(key, keys);
  return withSuggestion(
    { path: path === "" ? name : `${path}.${name}`, message: "is not known" },
    suggestion,
  );
}

const LONGEST_KEY = 40;

/** What stands in `input` may be secret: it is looked at and not repeated. */
function wrongType(issue: z.core.$ZodIssueInvalidType): string {
  if (issue.input === undefined) return "is missing";
  return lowerFirst(issue.message.replace(/^Invalid input: /, ""));
}

function suggestionIn(issue: z.core.$ZodIssue): string | undefined {
  const suggestion = issue.code === "custom" ? issue.params?.["suggestion"] : undefined;
  return typeof suggestion === "string" ? suggestion : undefined;
}

function withSuggestion(item: ProblemItem, suggestion: string | undefined): ProblemItem {
  return suggestion ? { ...item, suggestion } : item;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
