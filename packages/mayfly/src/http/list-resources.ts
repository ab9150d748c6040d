import { z } from "zod";
import type { ResourceKind } from "../api/resource-kind.ts";
import { resourceView } from "../api/resource-view.ts";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const querySchema = z.strictObject({ account: queryFields.name, zone: queryFields.name });

/** `GET /v1/networks?account&zone`: all of the project that are in reach of that zone, ours or not. */
export const listResources =
  (kind: ResourceKind): RouteFactory =>
  ({ commands }) => ({
    method: "GET",
    path: `/v1/${kind}s`,
    async handle({ request }) {
      const things = await commands.listResources(kind, readQuery(request, querySchema));
      return Response.json({ [`${kind}s`]: things.map(resourceView) });
    },
  });
