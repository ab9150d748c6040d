import type { Call } from "../../http/route.ts";
import { addressesOf } from "../ipam/private-addresses.ts";
import { values, when } from "../listed.ts";
import type { Filter } from "../listed.ts";
import { regionOf } from "../region-of.ts";
import { byServer, privateNics } from "./rows.ts";
import type { PrivateNicRow, ServerRow } from "./rows.ts";

/** The conditions of a list of servers that are about their private networks. */
export function networkFilters({ query, world }: Call): (Filter<ServerRow> | undefined)[] {
  const nicsOf = (row: ServerRow): readonly PrivateNicRow[] => privateNics(world).by(byServer, row.id);
  const isOn = (row: ServerRow, networks: readonly string[]): boolean =>
    nicsOf(row).some((nic) => networks.includes(nic.privateNetworkId));
  return [
    when(query, "private_network", (wanted, row) => isOn(row, [wanted])),
    when(query, "private_networks", (_wanted, row) => isOn(row, values(query, "private_networks"))),
    when(query, "private_nic_mac_address", (wanted, row) =>
      nicsOf(row).some((nic) => nic.macAddress === wanted.toLowerCase()),
    ),
    when(query, "private_ip", (wanted, row) =>
      nicsOf(row)
        .flatMap((nic) => addressesOf(world, regionOf(nic.zone), nic.id))
        .some(({ address }) => address === wanted),
    ),
  ];
}
