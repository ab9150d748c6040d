import { rdbUser } from "../../resources/rdb/rdb-user.ts";
import type { RdbUser, RdbUserProps } from "../../resources/rdb/rdb-user.ts";
import type { ResourceCase } from "../resource-case.ts";
import { aDatabaseServer, insideOf } from "./a-database-server.ts";

const password = "Open-Sesame-1";

export const anRdbUser: ResourceCase<RdbUserProps, RdbUser> = {
  kind: rdbUser as ResourceCase<RdbUserProps, RdbUser>["kind"],
  among: async (cloud) => ({ server: await aDatabaseServer(cloud) }),
  inside: (cloud, { server }) => insideOf(cloud, server!),
  props: ({ server }) => ({ instance: server!, password }),
  changed: ({ server }) => ({ instance: server!, password: "Another-1", isAdmin: true }),
  replaced: ({ server }) => ({ instance: { id: server! }, password, name: "shop" }),
  leaves: ["user app-it-dev"],
  foreign: async (cloud, { server }, name) => {
    const body = { name, password: "Their-Own-1", is_admin: false };
    await cloud.call("POST", `/rdb/v1/regions/fr-par/instances/${server}/users`, body);
    return `${server}/${name}`;
  },
  deletes: /^DELETE .*\/users\/[^/]+$/,
};
