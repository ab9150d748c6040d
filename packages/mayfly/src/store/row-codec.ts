import type { Instance } from "../lifecycle/instance.ts";

/** A row as it is stored: what is asked for in columns of its own, the rest as JSON that knows its format. */
export type RowColumns = {
  id: string;
  name: string;
  account: string;
  zone: string;
  origin: string;
  phase: string;
  desired: string;
  expires_at: number;
  next_action_at: number | null;
  watched: number;
  version: number;
  lease_token: string | null;
  lease_until: number | null;
  machine_id: string | null;
  created_at: number;
  updated_at: number;
  ended_at: number | null;
  spec: string;
  footprint: string;
  detail: string;
};

interface Detail {
  format: 1;
  fields: Omit<Instance, keyof ReturnType<typeof fromColumns>>;
}

/** Between instances and columns. What is decoded is nobody else's object. */
export const rowCodec = {
  encode(row: Instance): RowColumns {
    const { id, name, account, origin, phase, desired, expiresAt, nextActionAt, watched, version } = row;
    const { lease, createdAt, updatedAt, endedAt, spec, footprint } = row;
    return {
      id,
      name,
      account,
      zone: spec.zone,
      origin,
      phase,
      desired,
      expires_at: expiresAt,
      next_action_at: nextActionAt ?? null,
      watched: watched ? 1 : 0,
      version,
      lease_token: lease?.token ?? null,
      lease_until: lease?.until ?? null,
      machine_id: footprint.machine ?? null,
      created_at: createdAt,
      updated_at: updatedAt,
      ended_at: endedAt ?? null,
      spec: JSON.stringify(spec),
      footprint: JSON.stringify(footprint),
      detail: JSON.stringify({ format: 1, fields: withoutColumns(row) } satisfies Detail),
    };
  },

  decode(columns: RowColumns): Instance {
    const detail = JSON.parse(columns.detail) as Detail;
    return { ...detail.fields, ...fromColumns(columns) };
  },
};

function fromColumns(columns: RowColumns) {
  const { next_action_at, lease_token, lease_until, ended_at } = columns;
  return {
    id: columns.id,
    name: columns.name,
    account: columns.account,
    origin: columns.origin as Instance["origin"],
    phase: columns.phase as Instance["phase"],
    desired: columns.desired as Instance["desired"],
    expiresAt: columns.expires_at,
    ...(next_action_at !== null && { nextActionAt: next_action_at }),
    watched: columns.watched === 1,
    version: columns.version,
    ...(lease_token !== null &&
      lease_until !== null && { lease: { token: lease_token, until: lease_until } }),
    createdAt: columns.created_at,
    updatedAt: columns.updated_at,
    ...(ended_at !== null && { endedAt: ended_at }),
    spec: JSON.parse(columns.spec) as Instance["spec"],
    footprint: JSON.parse(columns.footprint) as Instance["footprint"],
  };
}

// A field that is added to `Instance` and not named here goes into the JSON.
const inColumns = {
  id: true,
  name: true,
  account: true,
  origin: true,
  phase: true,
  desired: true,
  expiresAt: true,
  nextActionAt: true,
  watched: true,
  version: true,
  lease: true,
  createdAt: true,
  updatedAt: true,
  endedAt: true,
  spec: true,
  footprint: true,
} satisfies Record<keyof ReturnType<typeof fromColumns>, true>;

const withoutColumns = (row: Instance) =>
  Object.fromEntries(Object.entries(row).filter(([field]) => !(field in inColumns))) as Detail["fields"];
