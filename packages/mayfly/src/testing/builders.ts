import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Machine } from "../lifecycle/observed.ts";

/** The moment at which tests begin. */
export const T0 = Date.UTC(2030, 0, 1);

/** An instance that was just asked for, with an hour to live, unless told otherwise. */
export const anInstance = (with_: Partial<Instance> = {}): Instance => ({
  id: "mf-000000000001",
  name: "lab",
  account: "default",
  spec: {
    version: 1,
    zone: "fr-par-1",
    type: "DEV1-S",
    image: "ubuntu_noble",
    ipv4: true,
    ipv6: false,
    tags: [],
    ready: "cloud",
  },
  origin: "request",
  desired: "running",
  phase: "pending",
  expiresAt: T0 + 3_600_000,
  maxExpiresAt: T0 + 7 * 86_400_000,
  onExpiry: "delete",
  retainMs: 86_400_000,
  giveUpAt: T0 + 600_000,
  footprint: emptyFootprint("fr-par-1"),
  actedAt: T0,
  failures: 0,
  watched: false,
  ips: [],
  version: 1,
  createdAt: T0,
  updatedAt: T0,
  ...with_,
});

/** One whose machine `m-1` runs. */
export const aRunningInstance = (with_: Partial<Instance> = {}): Instance =>
  anInstance({
    phase: "running",
    readyAt: T0 + 10_000,
    launch: { attempts: 1, attemptedAt: T0, endedAt: T0, uncertain: false, confirmedAt: T0 },
    footprint: {
      ...emptyFootprint("fr-par-1"),
      machine: "m-1",
      volumes: [{ id: "v-1", kind: "sbs_volume" }],
    },
    ...with_,
  });

export const aMachine = (with_: Partial<Machine> = {}): Machine => ({
  id: "m-1",
  zone: "fr-par-1",
  name: "lab",
  owner: "owner",
  instanceId: "mf-000000000001",
  state: "running",
  ips: [],
  volumes: [{ id: "v-1", kind: "sbs_volume" }],
  addresses: [],
  nics: [],
  createdAt: T0,
  ...with_,
});
