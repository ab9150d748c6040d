import { createInstanceSchema } from "../api/create-instance.ts";
import { isIdempotencyKey } from "../api/is-idempotency-key.ts";
import { RequestProblem } from "../api/problem.ts";
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
    const wanted = validate(createInstanceSchema, await readJson(request));
    const { instance } = await commands.create(
      wanted,
      idempotencyKey === undefined ? {} : { idempotencyKey },
    );
    return instanceResponse(instance, { status: 202, now: clock.now() });
  },
});

function readKey(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null || isIdempotencyKey(key)) return key ?? undefined;
  const message = "an idempotency key is 1 to 255 printable ASCII characters";
  throw new RequestProblem("invalid", message, [
    { path: "Idempotency-Key", message, suggestion: "send a UUID" },
  ]);
}
