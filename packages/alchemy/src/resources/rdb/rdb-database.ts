import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes, Kind } from "../../kind.ts";
import type { Reference } from "../../reference.ts";
import { rdbPart } from "./rdb-part.ts";
import type { InServer } from "./rdb-part.ts";
import { rdbPlace } from "./rdb-place.ts";
import { rdbReady } from "./rdb-ready.ts";

export interface RdbDatabaseProps extends CommonProps {
  /** A change replaces it. */
  instance: Reference;
  /** A change replaces it, and all that is in it. @default app, id and stage */
  name?: string;
  /** The instance's. A change replaces it. @default the region of `instance`, else SCW_DEFAULT_REGION, else fr-par */
  region?: string;
}

/** A database in a database server. */
export interface RdbDatabase extends CommonAttributes {
  /** The server's id and the name. */
  id: string;
  name: string;
  instanceId: string;
  /** `fr-par` */
  region: string;
  /** The user who owns it. */
  owner: string;
}

const part = rdbPart<Rdbv1.Database>({
  noun: "database",
  async page(cloud, query) {
    const { databases, totalCount } = await cloud.rdb.listDatabases({ ...query, skipSizeRetrieval: true });
    return { parts: databases, totalCount };
  },
  remove: (cloud, at) => cloud.rdb.deleteDatabase(at),
});

/**
 * https://www.scaleway.com/en/developers/api/managed-database-postgre-mysql/#path-databases
 *
 * @example
 * const server = await RdbInstance("db", { password });
 * await RdbDatabase("orders", { instance: server, name: "orders" });
 */
export const rdbDatabase: Kind<RdbDatabaseProps, RdbDatabase, InServer<Rdbv1.Database>> = {
  name: "RdbDatabase",
  ...part,
  // Databases have no tags.
  ownedBy: "claim",
  async create(cloud, { place, name }) {
    await rdbReady(cloud, rdbPlace.at(place));
    await cloud.rdb.createDatabase({ ...rdbPlace.at(place), name });
    return { id: rdbPlace.idOf(place, name) };
  },
  update: () => Promise.resolve(),

  fields: {
    name: { want: ({ name }) => name, is: ({ part }) => part.name, replaces: true },
  },
  attributes: ({ place, part: { name, owner } }) => ({
    id: rdbPlace.idOf(place, name),
    name,
    ...rdbPlace.at(place),
    owner,
  }),
};
