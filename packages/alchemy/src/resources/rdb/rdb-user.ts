import { listAll } from "@mayfly/scaleway";
import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { Cloud } from "../../cloud.ts";
import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes, Kind } from "../../kind.ts";
import { discard } from "../../patience.ts";
import type { Reference } from "../../reference.ts";
import { reveal } from "../../secret.ts";
import type { Secret } from "../../secret.ts";
import { nameProblems, rdbPlace } from "./rdb-place.ts";
import { rdbReady } from "./rdb-ready.ts";

export interface RdbUserProps extends CommonProps {
  /** A change replaces it. */
  instance: Reference;
  /** A change replaces it. @default app, id and stage */
  name?: string;
  /** Wrap it in `alchemy.secret`. It is set with each change. */
  password: string | Secret;
  /** Whether the user may do everything. @default false */
  isAdmin?: boolean;
  /** The instance's. A change replaces it. @default the region of `instance`, else SCW_DEFAULT_REGION, else fr-par */
  region?: string;
}

/** A user of a database server. What the user may do in which database is not a resource yet. */
export interface RdbUser extends CommonAttributes {
  /** The server's id and the name. */
  id: string;
  name: string;
  instanceId: string;
  /** `fr-par` */
  region: string;
  isAdmin: boolean;
}

interface Whole {
  place: string;
  user: Rdbv1.User;
}

/**
 * https://www.scaleway.com/en/developers/api/managed-database-postgre-mysql/#path-users
 *
 * @example
 * const password = alchemy.secret(process.env.SHOP_PASSWORD);
 * await RdbUser("shop", { instance: server, name: "shop", password });
 */
export const rdbUser: Kind<RdbUserProps, RdbUser, Whole> = {
  name: "RdbUser",
  noun: "database user",
  place: (cloud, props) => rdbPlace.of(cloud, props),
  placeOf: ({ region, instanceId }) => `${region}/${instanceId}`,
  // Users have no tags.
  ownedBy: "claim",
  uniqueName: true,
  problems: ({ name }) => nameProblems(name),

  async list(cloud, { place, name }) {
    const all = await usersOf(cloud, place, name);
    return all.map((each) => ({ id: rdbPlace.idOf(place, each.name), name: each.name, tags: [] }));
  },
  async read(cloud, { id, place }) {
    const name = rdbPlace.nameIn(id);
    const user = (await usersOf(cloud, place, name)).find((each) => each.name === name);
    return user && { place, user };
  },
  async create(cloud, { place, name, props: { password, isAdmin = false } }) {
    await rdbReady(cloud, rdbPlace.at(place));
    await cloud.rdb.createUser({ ...rdbPlace.at(place), name, password: reveal(password), isAdmin });
    return { id: rdbPlace.idOf(place, name) };
  },
  async update(cloud, { place, wanted: { name, props } }) {
    const { password, isAdmin = false } = props;
    await rdbReady(cloud, rdbPlace.at(place));
    await cloud.rdb.updateUser({ ...rdbPlace.at(place), name, password: reveal(password), isAdmin });
  },
  async remove(cloud, { id, place }) {
    const name = rdbPlace.nameIn(id);
    if ((await rdbReady(cloud, rdbPlace.at(place))) === undefined) return;
    await discard(cloud.clock, `database user ${name} to go`, () =>
      cloud.rdb.deleteUser({ ...rdbPlace.at(place), name }),
    );
  },

  fields: {
    name: { want: ({ name }) => name, is: ({ user }) => user.name, replaces: true },
    isAdmin: { want: ({ props }) => props.isAdmin ?? false, is: ({ user }) => user.isAdmin },
    // The cloud does not show it: it is set with each change.
    password: { want: () => "set", is: () => "unknown" },
  },
  attributes: ({ place, user: { name, isAdmin } }) => ({
    id: rdbPlace.idOf(place, name),
    name,
    ...rdbPlace.at(place),
    isAdmin,
  }),
};

/** None of a server that is gone. */
async function usersOf(cloud: Cloud, place: string, name: string | undefined): Promise<Rdbv1.User[]> {
  const at = rdbPlace.at(place);
  if ((await rdbReady(cloud, at)) === undefined) return [];
  return listAll(
    async (page, pageSize) => {
      const { users, totalCount } = await cloud.rdb.listUsers({ ...at, page, pageSize, name });
      return { items: users.map((each) => ({ ...each, id: each.name })), totalCount };
    },
    { what: `users of ${place}` },
  );
}
