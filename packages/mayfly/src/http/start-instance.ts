import { instanceResponse } from "./instance-response.ts";
import type { RouteFactory } from "./route.ts";

/** `POST /v1/instances/:ref/start`. */
export const startInstance: RouteFactory = ({ commands, clock }) => ({
  method: "POST",
  path: "/v1/instances/:ref/start",
  handle: async ({ param }) =>
    instanceResponse(await commands.start(param("ref")), { status: 202, now: clock.now() }),
});
