import { instanceResponse } from "./instance-response.ts";
import type { RouteFactory } from "./route.ts";

/** `POST /v1/instances/:ref/stop`. */
export const stopInstance: RouteFactory = ({ commands, clock }) => ({
  method: "POST",
  path: "/v1/instances/:ref/stop",
  handle: async ({ param }) =>
    instanceResponse(await commands.stop(param("ref")), { status: 202, now: clock.now() }),
});
