import type { RouteFactory } from "./route.ts";

/** `GET /v1/health`: that somebody is here, and who. */
export const getHealth: RouteFactory = () => ({
  method: "GET",
  path: "/v1/health",
  handle: async () => Response.json({ ok: true, pid: process.pid }),
});
