import { listAll, ScalewayCallError } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { Network } from "../resources/networks.ts";
import type { Clients } from "./clients.ts";
import { onceFree } from "./once-free.ts";
import { orAbsent } from "./or-absent.ts";
import { regionOf } from "./region-of.ts";
import { scalewayZones } from "./zones.ts";

/** Takes every machine out of it, whosever it is, and deletes it as soon as the cloud finds it empty. */
export function removeNetwork(clients: Clients, { id, place }: Network): Promise<void> {
  const zones = scalewayZones.filter((zone) => regionOf(zone) === place);
  return onceFree(async () => {
    // Each time anew: a list may be late, and a machine that is being made may just have come.
    const cards: Card[] = [];
    for (const zone of zones) cards.push(...(await cardsIn(clients, id, zone)));
    await everyOne(cards.map((card) => orAbsent(() => clients.delete.instance.deletePrivateNIC(card))));
    try {
      await orAbsent(() => clients.delete.vpc.deletePrivateNetwork({ privateNetworkId: id, region: place }));
    } catch (error) {
      if (!(error instanceof ScalewayCallError) || error.kind !== "conflict") throw error;
      throw new ProviderError(
        "conflict",
        `${error.message}; no machine is in it, so look for a gateway, a load balancer or a reserved address`,
        { cause: error },
      );
    }
  }, clients);
}

interface Card {
  zone: string;
  serverId: string;
  privateNicId: string;
}

async function cardsIn({ read }: Clients, network: string, zone: string): Promise<Card[]> {
  const servers = await listAll(
    async (page, perPage) => {
      const answer = await read.instance.listServers({
        zone,
        page,
        perPage,
        project: read.projectId,
        privateNetwork: network,
        order: "creation_date_asc",
      });
      return { items: answer.servers, totalCount: answer.totalCount };
    },
    { what: `servers of ${zone} in network ${network}`, oldestFirst: true },
  );
  return servers.flatMap(({ id: serverId, privateNics }) =>
    privateNics
      .filter(({ privateNetworkId }) => privateNetworkId === network)
      .map(({ id: privateNicId }) => ({ zone, serverId, privateNicId })),
  );
}

/** Each is tried, also when another fails. */
async function everyOne(calls: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(calls)) if (result.status === "rejected") throw result.reason;
}
