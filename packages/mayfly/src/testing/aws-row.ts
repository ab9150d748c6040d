import assert from "node:assert/strict";
import { mergeFootprint } from "../lifecycle/absorb.ts";
import type { Footprint, InstanceSpec } from "../lifecycle/instance.ts";
import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Inventory, Kind, Machine } from "../lifecycle/observed.ts";
import type { CreateRequest, Provider } from "../providers/provider.ts";
import { AWS_ZONE } from "./aws-world.ts";

/** A row that keeps what it is told, and what a controller does with it. */
export interface AwsRow {
  footprint: Footprint;
  request(more?: Partial<CreateRequest>): CreateRequest;
  look(provider: Provider): Promise<Inventory>;
  /** One look, and the step that follows from it. */
  deleteOnce(provider: Provider): Promise<"deleting" | "gone">;
  expectGone(provider: Provider, advance: (ms: number) => Promise<void>): Promise<void>;
}

export const AWS_OWNER = "own-1";
const EVERY_KIND: ReadonlySet<Kind> = new Set(["machine", "volume", "address"]);

export function anAwsRow(overrides: Partial<InstanceSpec> = {}, id = "mf-0123456789ab"): AwsRow {
  const spec: InstanceSpec = {
    version: 1,
    zone: AWS_ZONE,
    type: "t3.micro",
    image: "ubuntu-24.04",
    ipv4: true,
    ipv6: false,
    tags: ["course:a", "team=red", "mayfly:owner=somebody"],
    ready: "cloud",
    ...overrides,
  };
  const row: AwsRow = {
    footprint: emptyFootprint(AWS_ZONE),
    request: (more = {}) => ({
      marks: { owner: AWS_OWNER, instanceId: id, expiresAt: Date.UTC(2030, 0, 1) },
      name: "lab",
      spec,
      footprint: structuredClone(row.footprint),
      shared: {},
      async made(part) {
        row.footprint = mergeFootprint(row.footprint, part);
      },
      fence: () => {},
      latestExpiresAt: Date.UTC(2030, 0, 8),
      ...more,
    }),
    look(provider) {
      const { volumes, addresses } = row.footprint;
      const ids = new Set([...volumes.map((volume) => volume.id), ...addresses]);
      return provider.list({ owner: AWS_OWNER, zones: [AWS_ZONE], kinds: EVERY_KIND, ids });
    },
    async deleteOnce(provider) {
      const { startedAt: at, machines, parts } = await row.look(provider);
      for (const machine of machines) row.footprint = mergeFootprint(row.footprint, partsOf(machine));
      const of = (kind: Kind) => ({ at, parts: parts.filter((part) => part.kind === kind) });
      const observed = { machine: { at, all: machines }, volume: of("volume"), address: of("address") };
      return provider.delete({ instanceId: id, footprint: structuredClone(row.footprint), observed });
    },
    async expectGone(provider, advance) {
      for (let step = 0; step < 50; step += 1) {
        if ((await row.deleteOnce(provider)) === "gone") return;
        await advance(5_000);
      }
      assert.fail(`it is still being deleted: ${JSON.stringify(await row.look(provider))}`);
    },
  };
  return row;
}

const partsOf = ({ volumes, addresses, nics }: Machine) => ({ volumes, addresses, nics });
