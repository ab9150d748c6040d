import type { Holding } from "./product.ts";
import { zuluDate } from "./scaleway/dates.ts";
import type { Row } from "./table.ts";
import type { World } from "./world.ts";

/** Something that somebody made and nobody deleted. */
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
  /** Everything else. */
  others: (Leftover & { kind: Kind })[];
}

export type Kind =
  | "machine"
  | "volume"
  | "address"
  | "privateNic"
  | "snapshot"
  | "image"
  | "securityGroup"
  | "placementGroup"
  | "template"
  | "vpc"
  | "privateNetwork"
  | "route"
  | "ingressRule"
  | "vpcConnector"
  | "privateAddress"
  | "project"
  | "application"
  | "policy"
  | "apiKey"
  | "sshKey"
  | "iamGroup"
  | "iamUser"
  | "loadBalancer"
  | "loadBalancerAddress"
  | "databaseInstance"
  | "databaseSnapshot"
  | "databaseBackup"
  | "functionNamespace"
  | "bucket";

/** Something that exists or existed. */
export interface Past {
  kind: Kind;
  id: string;
  name: string;
  zone: string;
  createdAt: string;
  deletedAt?: string;
  /** As it is, or as it was in the end. */
  state: string;
  tags: string[];
}

type Holds = Readonly<Record<string, Holding>>;

const APART: readonly Kind[] = ["machine", "volume", "address", "privateNic"];

export function leftovers(world: World, holds: Holds): Leftovers {
  const all = Object.entries(holds).flatMap(([table, holding]) =>
    world.store
      .table<Row>(table)
      .all()
      .filter((row) => !isOwn(holding, row))
      .map((row) => ({ kind: holding.kind, ...leftover(row) })),
  );
  const of = (kind: Kind): Leftover[] =>
    all.filter((one) => one.kind === kind).map(({ kind: _kind, ...rest }) => rest);
  return {
    machines: of("machine"),
    volumes: of("volume"),
    addresses: of("address"),
    privateNics: of("privateNic"),
    others: all.filter((one) => !APART.includes(one.kind)),
  };
}

/** Everything that anybody ever made, in the order of creation. */
export function history(world: World, holds: Holds): Past[] {
  return Object.entries(holds)
    .flatMap(([table, holding]) => {
      const { all, gone } = world.store.table<Row>(table);
      return [
        ...all().map((row) => ({ row, deletedAt: undefined })),
        ...gone().map(({ row, deletedAt }) => ({ row, deletedAt })),
      ]
        .filter(({ row }) => !isOwn(holding, row))
        .map(({ row, deletedAt }) => past(holding.kind, row, deletedAt));
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
}

function isOwn(holding: Holding, row: Row): boolean {
  return (holding.own as ((row: Row) => boolean) | undefined)?.(row) ?? false;
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

/** Some have a state, some a status; addresses and local volumes are attached or not; the rest just is. */
function stateOf(row: Row & { state?: string; status?: string; serverId?: string | null }): string {
  if (row.serverId !== undefined) return row.serverId ? "attached" : "detached";
  return row.state ?? row.status ?? "available";
}

function past(kind: Kind, row: Row, deletedAt?: number): Past {
  return {
    kind,
    id: row.id,
    name: row.name,
    zone: row.zone,
    createdAt: zuluDate(row.createdAt),
    ...(deletedAt === undefined ? {} : { deletedAt: zuluDate(deletedAt) }),
    state: stateOf(row),
    tags: [...row.tags],
  };
}
