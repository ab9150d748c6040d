import { z } from "zod";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const querySchema = z.strictObject({ account: queryFields.name, zone: queryFields.name });

/** `GET /v1/types?account&zone`: what can be asked for there. */
export const listTypes: RouteFactory = ({ commands }) => ({
  method: "GET",
  path: "/v1/types",
  handle: async ({ request }) =>
    Response.json({ types: await commands.types(readQuery(request, querySchema)) }),
});
