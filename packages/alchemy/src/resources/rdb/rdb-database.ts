import { listAll } from "@mayfly/scaleway";
import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { Cloud } from "../../cloud.ts";
import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes, Kind } from "../../kind.ts";
import { discard } from "../../patience.ts";
import type { Reference } from "../../reference.ts";
import { nameProblems, rdbPlace } from "./rdb-place.ts";
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

interface Whole {
  place: string;
  database: Rdbv1.Database;
}

/**
 * https://www.scaleway.com/en/developers/api/managed-database-postgre-mysql/#path-databases
 *
 * @example
 * const server = await RdbInstance("db", { password });
 * await RdbDatabase("orders", { instance: server, name: "orders" });
 */
export const rdbDatabase: Kind<RdbDatabaseProps, RdbDatabase, Whole> = {
  name: "RdbDatabase",
  noun: "database",
  place: (cloud, props) => rdbPlace.of(cloud, props),
  placeOf: ({ region, instanceId }) => `${region}/${instanceId}`,
  // Databases have no tags.
  ownedBy: "claim",
  uniqueName: true,
  problems: ({ name }) => nameProblems(name),

  async list(cloud, { place, name }) {
    const all = await databasesOf(cloud, place, name);
    return all.map((each) => ({ id: rdbPlace.idOf(place, each.name), name: each.name, tags: [] }));
  },
  async read(cloud, { id, place }) {
    const name = rdbPlace.nameIn(id);
    const database = (await databasesOf(cloud, place, name)).find((each) => each.name === name);
    return database && { place, database };
  },
  async create(cloud, { place, name }) {
    await rdbReady(cloud, rdbPlace.at(place));
    await cloud.rdb.createDatabase({ ...rdbPlace.at(place), name });
    return { id: rdbPlace.idOf(place, name) };
  },
  update: () => Promise.resolve(),
  async remove(cloud, { id, place }) {
    const name = rdbPlace.nameIn(id);
    if ((await rdbReady(cloud, rdbPlace.at(place))) === undefined) return;
    await discard(cloud.clock, `database ${name} to go`, () =>
      cloud.rdb.deleteDatabase({ ...rdbPlace.at(place), name }),
    );
  },

  fields: {
    name: { want: ({ name }) => name, is: ({ database }) => database.name, replaces: true },
  },
  attributes: ({ place, database: { name, owner } }) => ({
    id: rdbPlace.idOf(place, name),
    name,
    ...rdbPlace.at(place),
    owner,
  }),
};

/** None of a server that is gone. */
async function databasesOf(cloud: Cloud, place: string, name: string | undefined): Promise<Rdbv1.Database[]> {
  const at = rdbPlace.at(place);
  if ((await rdbReady(cloud, at)) === undefined) return [];
  return listAll(
    async (page, pageSize) => {
      const query = { ...at, page, pageSize, name, skipSizeRetrieval: true };
      const { databases, totalCount } = await cloud.rdb.listDatabases(query);
      return { items: databases.map((each) => ({ ...each, id: each.name })), totalCount };
    },
    { what: `databases of ${place}` },
  );
}
