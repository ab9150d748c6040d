import { instanceResponse } from "./instance-response.ts";
import type { RouteFactory } from "./route.ts";

/** `DELETE /v1/instances/:ref`: legal in every state, and again. */
export const deleteInstance: RouteFactory = ({ commands, clock }) => ({
  method: "DELETE",
  path: "/v1/instances/:ref",
  handle: async ({ param }) =>
    instanceResponse(await commands.delete(param("ref")), { status: 202, now: clock.now() }),
});
