import { instanceResponse } from "./instance-response.ts";
import type { RouteFactory } from "./route.ts";

/** `GET /v1/instances/:ref`, by our id, the cloud's, or name. */
export const getInstance: RouteFactory = ({ commands, clock }) => ({
  method: "GET",
  path: "/v1/instances/:ref",
  handle: async ({ param }) =>
    instanceResponse(await commands.get(param("ref")), { status: 200, now: clock.now() }),
});
