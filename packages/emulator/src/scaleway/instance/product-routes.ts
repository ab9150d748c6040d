import { pageHeaders, positive, slice } from "../../http/page.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { SENTINELS } from "../seed/sentinels.ts";
import type { ServerTypeSeed } from "../seed/server-type-seed.ts";

const PRODUCTS = "/instance/v1/zones/{zone}/products";

/** Server types as maps by name, 50 a page. */
export function productRoutes(catalog: Catalog): Route[] {
  const page = (call: Call, view: (type: ServerTypeSeed) => unknown, path: string): Answer => {
    const types = catalog.serverTypes(call.params.zone ?? "");
    const at = positive(call.query, "page", 1);
    const perPage = Math.min(positive(call.query, "per_page", 50), 100);
    const shown = slice(call, { rows: types }, at, perPage);
    const servers = Object.fromEntries(shown.map((type) => [type.name, view(type)]));
    return json(200, { servers }, pageHeaders(call, { path, total: types.length, page: at, perPage }));
  };
  return [
    {
      operation: "listServersTypes",
      method: "GET",
      path: `${PRODUCTS}/servers`,
      handle: (call) => page(call, viewType, "/products/servers"),
    },
    {
      operation: "getServerTypesAvailability",
      method: "GET",
      path: `${PRODUCTS}/servers/availability`,
      handle: (call) => page(call, viewAvailability, "/products/servers/availability"),
    },
    {
      operation: "listVolumesTypes",
      method: "GET",
      path: `${PRODUCTS}/volumes`,
      handle: (call) =>
        json(
          200,
          { volumes: VOLUME_TYPES },
          pageHeaders(call, { path: "/products/volumes", total: 2, page: 1, perPage: 50 }),
        ),
    },
  ];
}

const VOLUME_TYPES = {
  l_ssd: {
    capabilities: { snapshot: true },
    display_name: "Local SSD",
    constraints: { min: 1_000_000_000, max: 800_000_000_000 },
  },
  scratch: {
    capabilities: { snapshot: false },
    display_name: "Scratch Storage",
    constraints: { min: 1_000_000_000, max: 60_000_000_000_000 },
  },
};

function viewAvailability(type: ServerTypeSeed): { availability: string } {
  return { availability: type.name === SENTINELS.outOfStock ? "shortage" : "available" };
}

function viewType(type: ServerTypeSeed): Record<string, unknown> {
  const [internal, internet] = type.mbit.map((mbit) => mbit * 1e6);
  return {
    alt_names: type.altNames ?? [],
    arch: type.arch,
    ncpus: type.ncpus,
    ram: type.ramMib * 2 ** 20,
    gpu: type.gpu?.[0] ?? 0,
    gpu_info: type.gpu
      ? { gpu_manufacturer: type.gpu[3], gpu_name: type.gpu[1], gpu_memory: type.gpu[2] * 2 ** 30 }
      : null,
    mig_profile: null,
    volumes_constraint: { min_size: 0, max_size: (type.localGb ?? 0) * 1e9 },
    per_volume_constraint: {
      l_ssd: type.localGb
        ? { min_size: 1_000_000_000, max_size: 800_000_000_000 }
        : { min_size: 0, max_size: 0 },
    },
    scratch_storage_max_size: (type.scratch?.[0] ?? 0) * 1e9,
    scratch_storage_max_volumes_count: type.scratch?.[1] ?? 0,
    monthly_price: type.monthly,
    hourly_price: type.hourly,
    capabilities: {
      boot_types: ["local", "rescue"],
      placement_groups: true,
      block_storage: true,
      hot_snapshots_local_volume: type.hotSnapshots ?? false,
      private_network: 8,
      max_file_systems: type.fileSystems ?? 0,
    },
    network: {
      ipv6_support: true,
      sum_internal_bandwidth: internal,
      sum_internet_bandwidth: internet,
      interfaces: [{ internal_bandwidth: internal, internet_bandwidth: internet }],
    },
    block_bandwidth: type.blockMib * 2 ** 20,
    end_of_service: type.endOfService ?? false,
  };
}
