import type { Call, Route } from "../../../http/route.ts";
import type { Catalog } from "../../catalog.ts";
import { SENTINELS } from "../../seed/sentinels.ts";
import type { ServerTypeSeed } from "../../seed/server-type-seed.ts";
import { tokenPage } from "./token-page.ts";

const ZONE = "/instance/v2alpha1/zones/{zone}";

/** What can be had: server types with what they allow, and kinds of local volume. */
export function productRoutes(catalog: Catalog): Route[] {
  const types = (call: Call): readonly ServerTypeSeed[] => catalog.serverTypes(call.params.zone ?? "");
  return [
    {
      operation: "listServerTypes",
      method: "GET",
      path: `${ZONE}/server-types`,
      handle: (call) => tokenPage(call, { key: "server_types", rows: types(call), view: viewType }),
    },
    {
      operation: "listVolumeTypes",
      method: "GET",
      path: `${ZONE}/volume-types`,
      handle: (call) =>
        tokenPage(call, { key: "volume_types", rows: VOLUME_TYPES, view: (volumeType) => volumeType }),
    },
  ];
}

const VOLUME_TYPES = [
  { name: "l_ssd", min_size: 1_000_000_000, max_size: 800_000_000_000 },
  { name: "scratch", min_size: 1_000_000_000, max_size: 60_000_000_000_000 },
];

function viewType(type: ServerTypeSeed): Record<string, unknown> {
  const [internal, internet] = type.mbit.map((mbit) => mbit * 1e6);
  const [gpuCount, gpuName, gpuGib, manufacturer] = type.gpu ?? [0];
  return {
    name: type.name,
    vcpu_count: type.ncpus,
    gpu_count: gpuCount,
    memory: type.ramMib * 2 ** 20,
    architecture: type.arch === "arm64" ? "aarch64" : type.arch,
    availability: type.name === SENTINELS.outOfStock ? "out_of_stock" : "available",
    limits: {
      private_network_count: 8,
      file_system_count: type.fileSystems ?? 0,
      private_network_bandwidth: internal,
      block_bandwidth: type.blockMib * 2 ** 20,
      internet_bandwidth: internet,
      l_ssd_size: (type.localGb ?? 0) * 1e9,
      scratch_size: (type.scratch?.[0] ?? 0) * 1e9,
      scratch_volumes_count: type.scratch?.[1] ?? 0,
      ip_count: 5,
      volume_count: 16,
    },
    ...(gpuName === undefined
      ? {}
      : { gpu_info: { manufacturer, name: gpuName, memory: (gpuGib ?? 0) * 2 ** 30 } }),
    end_of_service: type.endOfService ?? false,
  };
}
