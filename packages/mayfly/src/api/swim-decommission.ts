import { limits } from "./limits.ts";
import type { ProblemItem } from "./problem.ts";
import { readSwimFields } from "./swim-fields.ts";

/** Whose machines are to go: all of a user's, or those of one lab. */
export interface SwimDecommission {
  webUsername: string;
  webLabId?: number;
}

/** What a payload of the decommission queue asks for, or all that is wrong with it: what is unclear deletes nothing. */
export function readSwimDecommission(payload: string): SwimDecommission | ProblemItem[] {
  const fields = readSwimFields(payload, { WebUsername: [], WebLabID: ["LabID"] });
  if (Array.isArray(fields)) return fields;
  const { WebUsername: user, WebLabID: lab } = fields as Record<string, unknown>;
  const problems: ProblemItem[] = [];
  if (user === undefined || user === "") problems.push({ path: "WebUsername", message: "is missing" });
  else if (typeof user !== "string") problems.push({ path: "WebUsername", message: "is not a string" });
  else if (user.length > limits.tagLength)
    problems.push({ path: "WebUsername", message: `has more than ${limits.tagLength} characters` });
  if (lab !== undefined && !(Number.isSafeInteger(lab) && (lab as number) > 0))
    problems.push({ path: "WebLabID", message: "is not a whole number above 0" });
  if (problems.length > 0) return problems;
  return { webUsername: user as string, ...(lab !== undefined && { webLabId: lab as number }) };
}
