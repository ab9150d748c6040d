import { ProviderError } from "../error.ts";
import type { Firewall } from "../resources/firewalls.ts";
import type { Clients } from "./clients.ts";
import { getGroup } from "./group.ts";
import { onceFree } from "./once-free.ts";
import { orAbsent } from "./or-absent.ts";

const MOST_NAMED = 10;

/** Deletes it as soon as no machine is behind it; a machine that is going holds it for a moment. */
export function removeGroup(clients: Clients, { id, place: zone }: Firewall): Promise<void> {
  return onceFree(async () => {
    const group = await orAbsent(() => getGroup(clients, id, zone));
    if (group === undefined) return;
    const { servers } = group;
    if (servers.length > 0) throw new ProviderError("conflict", `${said(servers)}; delete them first`);
    await orAbsent(() => clients.delete.instance.deleteSecurityGroup({ securityGroupId: id, zone }));
  }, clients);
}

function said(servers: readonly { id: string; name: string }[]): string {
  const named = servers.slice(0, MOST_NAMED).map(({ id, name }) => `${name} (${id})`);
  const more = servers.length > MOST_NAMED ? ` and ${servers.length - MOST_NAMED} more` : "";
  return `still behind it: ${named.join(", ")}${more}`;
}
