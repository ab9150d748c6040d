import type { Row, Table } from "../../../table.ts";
import type { World } from "../../../world.ts";
import type { VolumeOrder } from "./volume-order.ts";

/** What servers are made from, again and again. */
export interface TemplateRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly serverTags: readonly string[];
  readonly serverType: string;
  readonly securityGroupId: string | null;
  readonly placementGroupId: string | null;
  readonly volumes: readonly VolumeOrder[];
  readonly privateNetworkIds: readonly string[];
  readonly fileSystemIds: readonly string[];
  readonly ipv4Count: number;
  readonly ipv6Count: number;
  readonly rdpKeyId: string | null;
  /** In base64, by key. */
  readonly userData: Readonly<Record<string, string>>;
}

export const templates = (world: World): Table<TemplateRow> => world.store.table<TemplateRow>("template");
