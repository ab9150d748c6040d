import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";
import { inPlace } from "../listed.ts";

export interface Reverse {
  readonly hostname: string;
  readonly address: string | null;
}

/** What has the address: a network card by its id, other things with a name and a MAC address of their own. */
export interface Holder {
  readonly type: string;
  readonly id: string;
  readonly macAddress: string | null;
  readonly name: string | null;
}

/** An address in a private network; public ones are the instances' own rows. `zone` is the region. */
export interface PrivateAddressRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  /** Without the length of its block. */
  readonly address: string;
  readonly length: number;
  readonly isIpv6: boolean;
  readonly privateNetworkId: string;
  readonly subnetId: string;
  /** Somebody reserved it: it outlives what has it. */
  readonly isBooked: boolean;
  readonly holder: Holder | null;
  readonly attachedAt: number | null;
  readonly reverses: readonly Reverse[];
}

export const byHolder: Index<PrivateAddressRow> = (row) =>
  row.holder ? [inPlace(row.zone, row.holder.id)] : [];
export const byNetwork: Index<PrivateAddressRow> = (row) => [inPlace(row.zone, row.privateNetworkId)];
export const bySubnet: Index<PrivateAddressRow> = (row) => [row.subnetId];
export const bySubnetAndAddress: Index<PrivateAddressRow> = (row) => [`${row.subnetId} ${row.address}`];

export const privateAddresses = (world: World): Table<PrivateAddressRow> =>
  world.store.table<PrivateAddressRow>("privateAddress");
