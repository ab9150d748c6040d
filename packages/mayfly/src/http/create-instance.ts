import type { Commands } from "../api/commands.ts";
import { createInstanceSchema } from "../api/create-instance.ts";
import type { CreateInstance } from "../api/create-instance.ts";
import { isIdempotencyKey } from "../api/is-idempotency-key.ts";
import { limits } from "../api/limits.ts";
import { RequestProblem } from "../api/problem.ts";
import type { ProblemItem } from "../api/problem.ts";
import { invalid } from "./invalid.ts";
import { instanceResponse } from "./instance-response.ts";
import { readJson } from "./read-json.ts";
import type { RouteFactory } from "./route.ts";
import { validate } from "./validate.ts";

/** `POST /v1/instances`: answered when the row is kept; with an `Idempotency-Key`, a repeat answers the same row. */
export const createInstance: RouteFactory = ({ commands, clock }) => ({
  method: "POST",
  path: "/v1/instances",
  async handle({ request }) {
    const idempotencyKey = readKey(request);
    const wanted = await readWanted(await readJson(request), commands);
    const { instance } = await commands.create(
      wanted,
      idempotencyKey === undefined ? {} : { idempotencyKey },
    );
    return instanceResponse(instance, { status: 202, now: clock.now() });
  },
});

/** What is wrong with the request itself is told together with what the cloud finds wrong with the rest of it. */
async function readWanted(body: unknown, commands: Pick<Commands, "judge">): Promise<CreateInstance> {
  try {
    return validate(createInstanceSchema, body);
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    const rest = createInstanceSchema.safeParse(without(body, error.problems));
    if (!rest.success) throw error;
    const more = await commands.judge(rest.data).catch((refusal: unknown) => {
      if (refusal instanceof RequestProblem) return refusal.problems;
      throw refusal;
    });
    throw invalid([...error.problems, ...more].slice(0, limits.problems));
  }
}

/** A request without the fields in which something is wrong. */
function without(body: unknown, problems: readonly ProblemItem[]): object {
  const wrong = new Set(problems.map(({ path }) => path.split(".")[0]));
  return Object.fromEntries(Object.entries(Object(body) as object).filter(([field]) => !wrong.has(field)));
}

function readKey(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null || isIdempotencyKey(key)) return key ?? undefined;
  const message = "an idempotency key is 1 to 255 printable ASCII characters";
  throw new RequestProblem("invalid", message, [
    { path: "Idempotency-Key", message, suggestion: "send a UUID" },
  ]);
}
