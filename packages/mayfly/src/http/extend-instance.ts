import { extendInstanceSchema } from "../api/extend-instance.ts";
import { instanceResponse } from "./instance-response.ts";
import { readJson } from "./read-json.ts";
import type { RouteFactory } from "./route.ts";
import { validate } from "./validate.ts";

/** `POST /v1/instances/:ref/extend`: to an absolute deadline, so that a repeat cannot double. */
export const extendInstance: RouteFactory = ({ commands, clock }) => ({
  method: "POST",
  path: "/v1/instances/:ref/extend",
  async handle({ request, param }) {
    const wanted = validate(extendInstanceSchema, await readJson(request));
    return instanceResponse(await commands.extend(param("ref"), wanted), { status: 202, now: clock.now() });
  },
});
