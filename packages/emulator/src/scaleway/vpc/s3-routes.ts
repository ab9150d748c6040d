import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { requiredUuid, uuids } from "../../http/uuids.ts";
import { values } from "../listed.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { changeNetwork, networkNamed } from "./network-routes.ts";
import { byVpc, privateNetworks } from "./rows.ts";
import type { PrivateNetworkRow } from "./rows.ts";
import { viewVpc } from "./vpc-view.ts";
import { changeVpc, vpcOf } from "./vpc-routes.ts";

const S3 = "/vpc/v2/regions/{region}/s3-integration/{id}";

/** Object storage reached from inside the networks. Taken from the SDK: never recorded. */
export function s3Routes(): Route[] {
  const networks = `${S3}/private-networks`;
  return [
    { operation: "enableS3Endpoint", method: "POST", path: `${S3}/enable`, handle: enable },
    { operation: "disableS3Endpoint", method: "POST", path: `${S3}/disable`, handle: disable },
    { operation: "addPrivateNetworkS3Endpoint", method: "POST", path: networks, handle: add },
    { operation: "setPrivateNetworksS3Endpoint", method: "PUT", path: networks, handle: set },
    {
      operation: "deletePrivateNetworkS3Endpoint",
      method: "DELETE",
      path: `${networks}/{network}`,
      handle: remove,
    },
  ];
}

function enable(call: Call): Answer {
  checkQueriedIds(call, ["private_network_ids"]);
  const vpc = vpcOf(call);
  for (const id of values(call.query, "private_network_ids")) integrate(call, networkNamed(call, id), true);
  return json(200, viewVpc(call.world, changeVpc(call, vpc, { s3IntegrationEnabled: true })));
}

function disable(call: Call): Answer {
  const vpc = vpcOf(call);
  for (const network of privateNetworks(call.world).by(byVpc, vpc.id).slice())
    integrate(call, network, false);
  return json(200, viewVpc(call.world, changeVpc(call, vpc, { s3IntegrationEnabled: false })));
}

function add(call: Call): Answer {
  const vpc = vpcOf(call);
  integrate(call, networkNamed(call, requiredUuid(call.body(), "private_network_id")), true);
  return json(200, { private_network_ids: integrated(call, vpc.id) });
}

function set(call: Call): Answer {
  const vpc = vpcOf(call);
  const wanted = uuids(call.body(), "private_network_ids") ?? [];
  for (const id of wanted) networkNamed(call, id);
  for (const network of privateNetworks(call.world).by(byVpc, vpc.id).slice())
    integrate(call, network, wanted.includes(network.id));
  return json(200, { private_network_ids: integrated(call, vpc.id) });
}

function remove(call: Call): Answer {
  vpcOf(call);
  integrate(call, networkNamed(call, call.params.network ?? ""), false);
  return noContent();
}

function integrate(call: Call, network: PrivateNetworkRow, isIntegrated: boolean): void {
  if (network.s3IntegrationEnabled !== isIntegrated)
    changeNetwork(call, network, { s3IntegrationEnabled: isIntegrated });
}

function integrated(call: Call, vpcId: string): string[] {
  return privateNetworks(call.world)
    .by(byVpc, vpcId)
    .filter((network) => network.s3IntegrationEnabled)
    .map(({ id }) => id);
}
