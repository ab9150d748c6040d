import { emptyFootprint } from "../lifecycle/instance.ts";
import type { NewInstance } from "./store.ts";

/** A row to insert; its name is its id unless told, so that several fit into one store. */
export function aNewInstance(overrides: Partial<NewInstance> = {}): NewInstance {
  const id = overrides.id ?? "mf-000000000001";
  return {
    id,
    name: `lab-${id}`,
    account: "main",
    spec: {
      version: 1,
      zone: "fr-par-1",
      type: "DEV1-S",
      image: "ubuntu_noble",
      userData: "#cloud-config\npackages: [git]\n",
      ipv4: true,
      ipv6: false,
      tags: ["course=42"],
      ready: "cloud",
    },
    origin: "request",
    desired: "running",
    phase: "pending",
    expiresAt: 3_600_000,
    maxExpiresAt: 86_400_000,
    onExpiry: "delete",
    retainMs: 0,
    giveUpAt: 600_000,
    footprint: emptyFootprint("fr-par-1"),
    actedAt: 0,
    failures: 0,
    nextActionAt: 1_000,
    watched: false,
    ips: [],
    createdAt: 1_000,
    updatedAt: 1_000,
    ...overrides,
  };
}
