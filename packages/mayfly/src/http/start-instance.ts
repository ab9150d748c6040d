import { instanceResponse } from "./instance-response.ts";
import type { RouteFactory } from "./route.ts";

/** `POST /v1/instances/:ref/start`. */
export const startInstance: RouteFactory = ({ commands }) => ({
  method: "POST",
  path: "/v1/instances/:ref/start",
  handle: async ({ param }) => instanceResponse(await commands.start(param("ref")), 202),
});
