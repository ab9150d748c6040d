import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

/** What all of them have besides a name and tags. */
export interface IamRow extends Row {
  readonly organizationId: string;
  readonly modifiedAt: number;
  readonly description: string;
}

export type ApplicationRow = IamRow;

export interface GroupRow extends IamRow {
  readonly userIds: readonly string[];
  readonly applicationIds: readonly string[];
}

/** Its name is its user name. */
export interface UserRow extends Omit<IamRow, "description"> {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phoneNumber: string;
  readonly locale: string;
  readonly type: "owner" | "member";
  readonly locked: boolean;
}

/** Its id is the access key, its name the description. */
export interface ApiKeyRow extends Row {
  readonly modifiedAt: number;
  readonly bearer: Bearer;
  readonly defaultProjectId: string;
  /** As it was given. */
  readonly expiresAt: string | null;
}

export interface Bearer {
  readonly type: "user" | "application";
  readonly id: string;
}

/** Whom a policy is for. */
export type Principal = { readonly type: "user" | "group" | "application"; readonly id: string } | null;

export interface PolicyRow extends IamRow {
  readonly principal: Principal;
  readonly rules: readonly IamRule[];
}

export interface IamRule {
  readonly id: string;
  readonly permissionSetNames: readonly string[];
  readonly condition: string;
  /** Null: the whole organization. */
  readonly projectIds: readonly string[] | null;
  readonly organizationId: string;
}

export interface SshKeyRow extends Row {
  readonly modifiedAt: number;
  readonly projectId: string;
  readonly publicKey: string;
  readonly disabled: boolean;
}

export const byBearer: Index<ApiKeyRow> = (row) => [row.bearer.id];

export const applications = (world: World): Table<ApplicationRow> =>
  world.store.table<ApplicationRow>("application");
export const groups = (world: World): Table<GroupRow> => world.store.table<GroupRow>("iamGroup");
export const users = (world: World): Table<UserRow> => world.store.table<UserRow>("iamUser");
export const apiKeys = (world: World): Table<ApiKeyRow> => world.store.table<ApiKeyRow>("apiKey");
export const policies = (world: World): Table<PolicyRow> => world.store.table<PolicyRow>("policy");
export const sshKeys = (world: World): Table<SshKeyRow> => world.store.table<SshKeyRow>("sshKey");
