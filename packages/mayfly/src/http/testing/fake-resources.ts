import type { CreateResource } from "../../api/create-resource.ts";
import { RequestProblem } from "../../api/problem.ts";
import type { ResourceCommands, Where } from "../../api/resource-commands.ts";
import type { Resource, ResourceKind } from "../../api/resource-kind.ts";
import { didYouMean } from "../../lifecycle/nearest.ts";

/** Things in memory by their names, each as it was asked for. */
export interface FakeResources extends ResourceCommands {
  things: { [K in ResourceKind]: Map<string, Resource[K]> };
}

/** @param ask told of each call first; it may throw */
export function createFakeResources(ask: (what: string) => void): FakeResources {
  const things: FakeResources["things"] = {
    network: new Map(),
    firewall: new Map(),
    volume: new Map(),
    key: new Map(),
  };

  function find<K extends ResourceKind>(kind: K, reference: string): Resource[K] {
    const thing = things[kind].get(reference);
    if (thing) return thing;
    const suggestion = didYouMean(reference, things[kind].keys());
    const message = `no ${kind} ${reference}`;
    throw new RequestProblem(
      "not_found",
      message,
      suggestion ? [{ path: "reference", message, suggestion }] : [],
    );
  }

  return {
    things,
    async zones() {
      ask("zones");
      return [{ name: "z", isDefault: true }];
    },
    async listResources(kind, query) {
      ask(`list ${kind} ${told(query)}`);
      return [...things[kind].values()];
    },
    async findResource(kind, reference, query) {
      ask(`find ${kind} ${reference} ${told(query)}`);
      return find(kind, reference);
    },
    async createResource<K extends ResourceKind>(kind: K, request: CreateResource[K]) {
      const { name, account, ...wanted } = request;
      ask(`create ${kind} ${told({ account })} ${JSON.stringify(wanted)}`);
      const made = { ...anything[kind], ...wanted, id: `${kind}-1`, name, owner: "o", onDemand: false };
      const thing = things[kind].get(name) ?? (made as unknown as Resource[K]);
      things[kind].set(name, thing);
      return thing;
    },
    async changeVolume(verb, reference, wanted) {
      ask(`${verb} volume ${reference} ${JSON.stringify(wanted)}`);
      return find("volume", reference);
    },
    async deleteResource(kind, reference, { force = false, ...query }) {
      ask(`delete ${kind} ${reference} ${told(query)} ${force}`);
      const thing = find(kind, reference);
      things[kind].delete(reference);
      return thing;
    },
  };
}

const told = ({ account, zone }: Where): string => `${account ?? "-"}/${zone ?? "-"}`;

const anything = {
  network: { place: "r", subnets: ["10.0.0.0/20"], createdAt: Date.UTC(2030, 0, 1) },
  firewall: {
    place: "z",
    defaults: { inbound: "drop", outbound: "accept" },
    rules: [],
    fixedRules: [],
    machines: 0,
  },
  volume: { place: "z", iops: 5_000, state: "ready", devicePath: "/dev/sdb" },
  key: { place: "everywhere", fingerprint: "SHA256:x" },
};
