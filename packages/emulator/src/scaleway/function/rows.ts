import type { Body } from "../../http/body.ts";
import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

/** All these belong to a region; `zone` names it. */
interface FunctionThing extends Row {
  readonly modifiedAt: number;
  readonly epoch: number;
}

export interface NamespaceRow extends FunctionThing {
  readonly projectId: string;
  readonly description: string;
  readonly environment: Body;
  readonly secrets: readonly Secret[];
  readonly status: "pending" | "ready" | "deleting";
  /** Its name in host names and in the registry. */
  readonly slug: string;
  /** Null until it is ready. */
  readonly registryId: string | null;
}

/** What is kept of a secret is not the secret. */
export interface Secret {
  readonly key: string;
  readonly hash: string;
}

export interface FunctionRow extends FunctionThing {
  readonly namespaceId: string;
  readonly description: string;
  readonly environment: Body;
  readonly secrets: readonly Secret[];
  readonly status: "created" | "pending" | "ready" | "error" | "deleting";
  /** As the API shows them. */
  readonly settings: Body;
  /** Somebody asked where to put its code. */
  readonly hasCode: boolean;
}

export interface CronRow extends FunctionThing {
  readonly functionId: string;
  readonly schedule: string;
  readonly args: Body;
  readonly status: "pending" | "ready" | "deleting";
}

export interface TokenRow extends FunctionThing {
  /** Of a function or of a whole namespace. */
  readonly of: { readonly function_id: string } | { readonly namespace_id: string };
  readonly description: string;
  readonly expiresAt: number | null;
  readonly status: "creating" | "ready" | "deleting";
}

export const byNamespace: Index<FunctionRow> = (row) => [row.namespaceId];
export const byFunction: Index<CronRow> = (row) => [row.functionId];
export const tokensOf: Index<TokenRow> = (row) => Object.values(row.of);

export const namespaces = (world: World): Table<NamespaceRow> =>
  world.store.table<NamespaceRow>("functionNamespace");
export const functions = (world: World): Table<FunctionRow> => world.store.table<FunctionRow>("function");
export const crons = (world: World): Table<CronRow> => world.store.table<CronRow>("functionCron");
export const tokens = (world: World): Table<TokenRow> => world.store.table<TokenRow>("functionToken");
