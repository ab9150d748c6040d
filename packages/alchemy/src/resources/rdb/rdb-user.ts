import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes, Kind } from "../../kind.ts";
import type { Reference } from "../../reference.ts";
import { reveal } from "../../secret.ts";
import type { Secret } from "../../secret.ts";
import { rdbPart } from "./rdb-part.ts";
import type { InServer } from "./rdb-part.ts";
import { rdbPlace } from "./rdb-place.ts";
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

const part = rdbPart<Rdbv1.User>({
  noun: "database user",
  async page(cloud, query) {
    const { users, totalCount } = await cloud.rdb.listUsers(query);
    return { parts: users, totalCount };
  },
  remove: (cloud, at) => cloud.rdb.deleteUser(at),
});

/**
 * https://www.scaleway.com/en/developers/api/managed-database-postgre-mysql/#path-users
 *
 * @example
 * const password = alchemy.secret(process.env.SHOP_PASSWORD);
 * await RdbUser("shop", { instance: server, name: "shop", password });
 */
export const rdbUser: Kind<RdbUserProps, RdbUser, InServer<Rdbv1.User>> = {
  name: "RdbUser",
  ...part,
  // Users have no tags.
  ownedBy: "claim",
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

  fields: {
    name: { want: ({ name }) => name, is: ({ part }) => part.name, replaces: true },
    isAdmin: { want: ({ props }) => props.isAdmin ?? false, is: ({ part }) => part.isAdmin },
    // The cloud does not show it: it is set with each change.
    password: { want: () => "set", is: () => "unknown" },
  },
  attributes: ({ place, part: { name, isAdmin } }) => ({
    id: rdbPlace.idOf(place, name),
    name,
    ...rdbPlace.at(place),
    isAdmin,
  }),
};
