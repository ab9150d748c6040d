import { rdbDatabase } from "../../resources/rdb/rdb-database.ts";
import type { RdbDatabase, RdbDatabaseProps } from "../../resources/rdb/rdb-database.ts";
import type { ResourceCase } from "../resource-case.ts";
import { aDatabaseServer, insideOf } from "./a-database-server.ts";

export const anRdbDatabase: ResourceCase<RdbDatabaseProps, RdbDatabase> = {
  kind: rdbDatabase as ResourceCase<RdbDatabaseProps, RdbDatabase>["kind"],
  among: async (cloud) => ({ server: await aDatabaseServer(cloud) }),
  inside: (cloud, { server }) => insideOf(cloud, server!),
  props: ({ server }) => ({ instance: server! }),
  replaced: ({ server }) => ({ instance: { id: server! }, name: "orders" }),
  leaves: ["database app-it-dev"],
  foreign: async (cloud, { server }, name) => {
    await cloud.call("POST", `/rdb/v1/regions/fr-par/instances/${server}/databases`, { name });
    return `${server}/${name}`;
  },
  deletes: /^DELETE .*\/databases\/[^/]+$/,
};
