import { z } from "zod";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const querySchema = z.strictObject({ account: queryFields.name, zone: queryFields.name });

/** `GET /v1/images?account&zone`: what can be asked for there. */
export const listImages: RouteFactory = ({ commands }) => ({
  method: "GET",
  path: "/v1/images",
  handle: async ({ request }) =>
    Response.json({ images: await commands.images(readQuery(request, querySchema)) }),
});
