import type { RouteFactory } from "./route.ts";

/** `GET /v1/doctor`: how the installation is. */
export const getDoctor: RouteFactory = ({ commands }) => ({
  method: "GET",
  path: "/v1/doctor",
  handle: async () => Response.json(await commands.doctor()),
});
