import type { RouteFactory } from "./route.ts";

/** `GET /v1/ready`: whether requests and work may be given to this process; 503 when not. */
export const getReady: RouteFactory = ({ ready }) => ({
  method: "GET",
  path: "/v1/ready",
  async handle() {
    const reason = await ready?.();
    return Response.json(
      { ready: reason === undefined, reason },
      { status: reason === undefined ? 200 : 503 },
    );
  },
});
