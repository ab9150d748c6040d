import { bodyPage } from "../../http/page.ts";
import type { Route } from "../../http/route.ts";
import { uuidOf } from "../seed/images.ts";

/** By product; most come as `…FullAccess` and `…ReadOnly`. */
const PRODUCTS = [
  "AllProducts",
  "BlockStorage",
  "Instances",
  "IPAM",
  "LoadBalancers",
  "ObjectStorage",
  "PrivateNetworks",
  "RelationalDatabases",
  "SSHKeys",
  "VPC",
] as const;
const OF_THE_ORGANIZATION = [
  "IAMManager",
  "IAMReadOnly",
  "OrganizationManager",
  "OrganizationReadOnly",
  "ProjectManager",
  "ProjectReadOnly",
];

/** What rules are made of: some of the cloud's, enough to choose from. */
export function permissionSetRoutes(): Route[] {
  const sets = [
    ...PRODUCTS.flatMap((product) => [`${product}FullAccess`, `${product}ReadOnly`]).map((name) => ({
      name,
      scope: "projects",
    })),
    ...OF_THE_ORGANIZATION.map((name) => ({ name, scope: "organization" })),
  ];
  return [
    {
      operation: "listPermissionSets",
      method: "GET",
      path: "/iam/v1alpha1/permission-sets",
      handle: (call) =>
        bodyPage(call, {
          key: "permission_sets",
          rows: sets,
          order: call.query.get("order_by") ?? "name_asc",
          view: ({ name, scope }) => ({
            id: uuidOf(`permission-set/${name}`),
            name,
            scope_type: scope,
            description: name,
            categories: [],
          }),
        }),
    },
  ];
}
