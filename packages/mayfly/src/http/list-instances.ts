import { z } from "zod";
import { instanceView } from "../api/instance-view.ts";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const { limit, cursor, all } = queryFields;
const querySchema = z.strictObject({ limit, cursor, all });

/** `GET /v1/instances?limit&cursor&all`: a page; `cursor` in the answer asks for the next one. */
export const listInstances: RouteFactory = ({ commands, clock }) => ({
  method: "GET",
  path: "/v1/instances",
  async handle({ request }) {
    const page = await commands.list(readQuery(request, querySchema));
    // Logs are for who asks for one instance: a page would be megabytes.
    const now = clock.now();
    const instances = page.instances.map((row) => instanceView({ ...row, bootLog: undefined }, now));
    return Response.json({ instances, cursor: page.cursor });
  },
});
