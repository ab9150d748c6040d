import type { EmulatedCloud } from "../emulated-cloud.ts";
import { PROJECT } from "../emulated-cloud.ts";

/** Of somebody else, and ready. */
export async function aDatabaseServer(cloud: EmulatedCloud): Promise<string> {
  const body = {
    name: "theirs",
    project_id: PROJECT,
    engine: "PostgreSQL-15",
    node_type: "db-dev-s",
    user_name: "them",
    password: "Their-Own-1",
  };
  const { id } = await cloud.call<{ id: string }>("POST", "/rdb/v1/regions/fr-par/instances", body);
  cloud.emulator.advance(1_000);
  return id;
}

/** What is in it, as `kind name`: the inventory of the emulator ends at the server. */
export async function insideOf(cloud: EmulatedCloud, server: string): Promise<string[]> {
  const path = `/rdb/v1/regions/fr-par/instances/${server}`;
  const { databases } = await cloud.call<{ databases: { name: string }[] }>("GET", `${path}/databases`);
  const { users } = await cloud.call<{ users: { name: string }[] }>("GET", `${path}/users`);
  return [...databases.map(({ name }) => `database ${name}`), ...users.map(({ name }) => `user ${name}`)];
}
