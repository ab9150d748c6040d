import type { RdbInstance, RdbInstanceProps } from "../../resources/rdb/rdb-instance-props.ts";
import { rdbInstance } from "../../resources/rdb/rdb-instance.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

const password = "Open-Sesame-1";

export const anRdbInstance: ResourceCase<RdbInstanceProps, RdbInstance> = {
  kind: rdbInstance as ResourceCase<RdbInstanceProps, RdbInstance>["kind"],
  among: async (cloud) => {
    const network = { name: "around", project_id: PROJECT };
    const path = "/vpc/v2/regions/fr-par/private-networks";
    return { network: (await cloud.call<{ id: string }>("POST", path, network)).id };
  },
  props: () => ({ password }),
  changed: ({ network }) => ({
    password,
    tags: ["db"],
    nodeType: "DB-PRO2-XXS",
    volumeType: "sbs_5k",
    volumeGb: 20,
    disableBackups: true,
    privateNetwork: network,
    publicEndpoint: false,
  }),
  afterChange: "irreversible",
  replaced: () => ({ password, engine: "MySQL-8" }),
  adopting: () => ({ password, userName: "them" }),
  leaves: ["databaseInstance app-it-dev"],
  foreign: async (cloud, _, name) => {
    const body = {
      name,
      project_id: PROJECT,
      engine: "PostgreSQL-15",
      node_type: "db-dev-s",
      user_name: "them",
      password: "Their-Own-1",
    };
    return (await cloud.call<{ id: string }>("POST", "/rdb/v1/regions/fr-par/instances", body)).id;
  },
  deletes: /^DELETE .*\/instances\/[^/]+$/,
};
