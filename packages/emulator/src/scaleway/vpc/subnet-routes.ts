import { texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { writeCidr, parseCidr } from "../cidr.ts";
import { bySubnet, privateAddresses } from "../ipam/rows.ts";
import { among, equal, listed, meeting } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { changeNetwork, networkOf, NETWORKS } from "./network-routes.ts";
import { viewSubnet } from "./network-view.ts";
import { checkSubnets, newSubnet } from "./plan-subnets.ts";
import { privateNetworks } from "./rows.ts";
import type { PrivateNetworkRow, Subnet } from "./rows.ts";

const SUBNETS = "/vpc/v2/regions/{region}/subnets";

/** The blocks of networks; most networks keep those that they were made with. */
export function subnetRoutes(): Route[] {
  const path = `${NETWORKS}/{id}/subnets`;
  return [
    { operation: "listSubnets", method: "GET", path: SUBNETS, handle: listSubnets },
    {
      operation: "setSubnets",
      method: "PUT",
      path,
      handle: (call) => change(call, (network, given) => [kept(network, given), given]),
    },
    {
      operation: "addSubnets",
      method: "POST",
      path,
      handle: (call) => change(call, (network, given) => [[...network.subnets], given]),
    },
    {
      operation: "deleteSubnets",
      method: "DELETE",
      path,
      handle: (call) =>
        change(call, (network, given) => [network.subnets.filter(({ cidr }) => !given.includes(cidr)), []]),
    },
  ];
}

function listSubnets(call: Call): Answer {
  const { query, world } = call;
  checkQueriedIds(call, ["project_id", "organization_id", "vpc_id", "subnet_ids"]);
  const networks = listed(call, privateNetworks(world), [
    equal(query, "project_id", (row) => row.projectId),
    inOrganization(call),
    equal(query, "vpc_id", (row) => row.vpcId),
  ]);
  const subnets = networks.flatMap((network) => network.subnets.map((subnet) => ({ network, subnet })));
  return bodyPage(call, {
    key: "subnets",
    rows: meeting(subnets, [among(query, "subnet_ids", ({ subnet }) => subnet.id)]),
    order: query.get("order_by") ?? "created_at_asc",
    view: ({ network, subnet }) => viewSubnet(network, subnet),
  });
}

type Change = (network: PrivateNetworkRow, given: readonly string[]) => [Subnet[], readonly string[]];

/** Answers with the blocks that the caller named. @param plan the subnets that stay, and the blocks to be there */
function change(call: Call, plan: Change): Answer {
  const { world, now } = call;
  const network = networkOf(call);
  const given = blocks(call);
  const [stay, wanted] = plan(network, given);
  for (const { id } of network.subnets)
    if (!stay.some((subnet) => subnet.id === id) && privateAddresses(world).by(bySubnet, id).length > 0)
      throw preconditionFailed(412, "resource_still_in_use", "Subnet must be empty to be deleted");
  const fresh = wanted.filter((cidr) => !stay.some((subnet) => subnet.cidr === cidr));
  const added = checkSubnets(world, network.vpcId, fresh).map((cidr) => newSubnet(world, cidr, now));
  changeNetwork(call, network, { subnets: [...stay, ...added].toSorted(ipv4First) });
  return json(200, { subnets: given });
}

function blocks(call: Call): string[] {
  return (texts(call.body(), "subnets") ?? []).map((text) => {
    const block = parseCidr(text);
    if (!block) throw invalidArgument("subnets", "format", "value must be a valid CIDR block");
    return writeCidr(block);
  });
}

function kept(network: PrivateNetworkRow, given: readonly string[]): Subnet[] {
  return network.subnets.filter(({ cidr }) => given.includes(cidr));
}

function ipv4First(a: Subnet, b: Subnet): number {
  return Number(a.cidr.includes(":")) - Number(b.cidr.includes(":"));
}
