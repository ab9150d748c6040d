import { SENTINELS } from "../seed/sentinels.ts";

export interface NodeType {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Of the local volume, which some do not have. */
  readonly localGb: number | null;
  /** Euros an hour, from the public price list: an estimate. */
  readonly hourly: number;
}

const of = (
  name: string,
  vcpus: number,
  memoryGib: number,
  localGb: number | null,
  hourly: number,
): NodeType => ({
  name,
  vcpus,
  memoryGib,
  localGb,
  hourly,
});

/** The commoner ones. https://www.scaleway.com/en/pricing/managed-databases/ */
export const NODE_TYPES: readonly NodeType[] = [
  of("db-dev-s", 1, 2, 5, 0.0155),
  of("db-dev-m", 2, 4, 25, 0.0305),
  of("db-dev-l", 4, 8, 50, 0.0587),
  of("db-dev-xl", 4, 12, 75, 0.1099),
  of("db-gp-xs", 4, 16, 150, 0.1744),
  of("db-gp-s", 8, 32, 300, 0.3492),
  of("db-gp-m", 16, 64, 600, 0.6924),
  of("db-gp-l", 32, 128, 600, 1.4082),
  of("db-play2-pico", 1, 2, null, 0.0275),
  of("db-play2-nano", 2, 4, null, 0.0552),
  of("db-pro2-xxs", 2, 8, null, 0.1124),
  of("db-pro2-xs", 4, 16, null, 0.2248),
  of("db-pro2-s", 8, 32, null, 0.4496),
];

const SENTINEL_TYPES = Object.values(SENTINELS).map((name) => of(name.toLowerCase(), 1, 2, 5, 0.001));

/** In any letters. */
export function nodeTypeNamed(name: string): NodeType | undefined {
  return [...NODE_TYPES, ...SENTINEL_TYPES].find((type) => type.name === name.toLowerCase());
}

const GIB = 2 ** 30;

export function viewNodeType(type: NodeType, region: string): Record<string, unknown> {
  const generation = /^db-(dev|gp)-/.test(type.name) ? "generation_v1" : "generation_v2";
  const sizes = { min_size: 5e9, max_size: 10e12 };
  const block = (kind: string, speed: number) => ({
    type: kind,
    description: `Block Storage, ${speed} IOPS`,
    ...sizes,
    chunk_size: 5e9,
    class: "sbs",
  });
  const bytes = (type.localGb ?? 0) * 1e9;
  const local = { type: "lssd", description: "Local Storage", min_size: bytes, max_size: bytes };
  return {
    name: type.name,
    stock_status: "available",
    description: `${type.vcpus} vCPU, ${type.memoryGib} GiB`,
    vcpus: type.vcpus,
    memory: type.memoryGib * GIB,
    volume_constraint: { min_size: bytes, max_size: bytes },
    is_bssd_compatible: false,
    disabled: false,
    beta: false,
    available_volume_types: [
      ...(type.localGb ? [{ ...local, chunk_size: bytes, class: "lssd" }] : []),
      block("sbs_5k", 5_000),
      block("sbs_15k", 15_000),
    ],
    is_ha_required: false,
    generation,
    instance_range: type.name.replace(/-[^-]*$/, ""),
    region,
  };
}
