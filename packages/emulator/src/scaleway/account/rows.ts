import type { Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

export interface ProjectRow extends Row {
  readonly organizationId: string;
  readonly description: string;
  readonly modifiedAt: number;
  /** What it is for, as its owner says. */
  readonly qualification: Readonly<Record<string, unknown>>;
}

export const projects = (world: World): Table<ProjectRow> => world.store.table<ProjectRow>("project");
