import { z } from "zod";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const querySchema = z.strictObject({ account: queryFields.name });

/** `GET /v1/zones?account`: where things can be had. */
export const listZones: RouteFactory = ({ commands }) => ({
  method: "GET",
  path: "/v1/zones",
  handle: async ({ request }) =>
    Response.json({ zones: await commands.zones(readQuery(request, querySchema)) }),
});
