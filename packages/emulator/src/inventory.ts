import { zuluDate } from "./scaleway/dates.ts";
import type { Row } from "./table.ts";
import type { World } from "./world.ts";

/** Something that exists and bills. */
export interface Leftover {
  id: string;
  name: string;
  zone: string;
  createdAt: string;
  state: string;
  tags: string[];
}

export interface Leftovers {
  machines: Leftover[];
  volumes: Leftover[];
  addresses: Leftover[];
  privateNics: Leftover[];
}

export type Kind = "machine" | "volume" | "address" | "privateNic" | "snapshot";

/** Something that exists or existed. */
export interface Past {
  kind: Kind;
  id: string;
  name: string;
  zone: string;
  createdAt: string;
  deletedAt?: string;
  tags: string[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  server: "machine",
  blockVolume: "volume",
  localVolume: "volume",
  ip: "address",
  privateNic: "privateNic",
  blockSnapshot: "snapshot",
};

export function leftovers(world: World): Leftovers {
  return {
    machines: live(world, "machine"),
    volumes: live(world, "volume"),
    addresses: live(world, "address"),
    privateNics: live(world, "privateNic"),
  };
}

/** Everything that ever existed, in the order of creation. */
export function history(world: World): Past[] {
  return Object.entries(KINDS)
    .flatMap(([table, kind]) => {
      const { all, gone } = world.store.table<Row>(table);
      return [
        ...all().map((row) => past(kind, row)),
        ...gone().map(({ row, deletedAt }) => past(kind, row, deletedAt)),
      ];
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
}

function live(world: World, kind: Kind): Leftover[] {
  return Object.entries(KINDS)
    .filter(([, one]) => one === kind)
    .flatMap(([table]) => world.store.table<Row>(table).all().map(leftover));
}

function leftover(row: Row): Leftover {
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    createdAt: zuluDate(row.createdAt),
    state: stateOf(row),
    tags: [...row.tags],
  };
}

/** Servers have a state, block volumes a status; the rest is attached or not. */
function stateOf(row: Row & { state?: string; status?: string; serverId?: string | null }): string {
  return row.state ?? row.status ?? (row.serverId ? "attached" : "detached");
}

function past(kind: Kind, row: Row, deletedAt?: number): Past {
  return {
    kind,
    id: row.id,
    name: row.name,
    zone: row.zone,
    createdAt: zuluDate(row.createdAt),
    ...(deletedAt === undefined ? {} : { deletedAt: zuluDate(deletedAt) }),
    tags: [...row.tags],
  };
}
