import { z } from "zod";
import { limits } from "../api/limits.ts";
import { validate } from "./validate.ts";

/** What a query may hold; routes pick from it. */
export const queryFields = {
  limit: wholeNumber(1, limits.pageSize).default(100),
  cursor: z.string().min(1).max(512).optional(),
  all: z
    .enum(["", "true", "false", "1", "0"])
    .transform((text) => text !== "false" && text !== "0")
    .default(false),
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  name: z.string().min(1).max(128).optional(),
} as const;

/** The query of a request by its schema, every problem at once. */
export function readQuery<S extends z.ZodObject>(request: Request, schema: S): z.output<S> {
  return validate(schema, Object.fromEntries(new URL(request.url).searchParams));
}

function wholeNumber(least: number, most: number) {
  const message = `is not a whole number from ${least} to ${most}`;
  return z.string().transform((text, context) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : -1;
    if (value >= least && value <= most) return value;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}
