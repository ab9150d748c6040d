import type { Clock } from "../clock.ts";
import { ProviderError } from "../providers/error.ts";
import { createFakeCloud } from "../providers/fake/fake-cloud.ts";
import type { FakeCloud } from "../providers/fake/fake-cloud.ts";
import { createFakeProvider } from "../providers/fake/fake.ts";
import type { Random } from "../random.ts";
import type { Fate } from "./interceptor.ts";
import type { SimCloud, SimThing } from "./sim-cloud.ts";

const VISIBILITY_GAP_MS = 10_000;

/** The harsher of the two clouds: its lists lag as long as it declares, and each of its calls can be lost. */
export function simFakeCloud(clock: Clock, random: Random): SimCloud {
  const lagMs = VISIBILITY_GAP_MS * 0.9 * random.fraction();
  const cloud = createFakeCloud({ clock, random, lagMs });
  const foreign = { owner: "somebody-else", instanceId: "mf-000000000000", expiresAt: 0 };
  void cloud.createMachine({ marks: foreign, name: "foreign", zone: "fake-1", addresses: [] });

  return {
    name: "fake",
    types: ["small"],
    connect({ interceptor, clock: processClock, time, fate }) {
      const reached: FakeCloud = interceptor.wrap("cloud", cloud, (call) => asProviderErrors(fate(call)));
      const provider = createFakeProvider(reached, processClock, VISIBILITY_GAP_MS);
      return {
        name: "sim",
        defaultZone: "fake-1",
        sweepAllZones: false,
        provider: {
          ...provider,
          async list(query) {
            const inventory = await provider.list(query);
            time.heard(clock.now());
            return inventory;
          },
        },
      };
    },
    async plantStray(owner) {
      const marks = { owner, instanceId: "mf-zzzzzzzzzzzz", expiresAt: 0 };
      const { id } = await cloud.createMachine({ marks, name: "stray", zone: "fake-1", addresses: [] });
      await cloud.powerOn(id);
    },
    things() {
      cloud.exists();
      const machines = [...cloud.machines.values()].map((machine): SimThing => ({
        id: machine.id,
        kind: "machine",
        madeFor: machine.marks?.owner === foreign.owner ? undefined : machine.marks?.instanceId,
        state: machine.goneAt !== undefined ? "gone" : machine.state === "stopping" ? "ending" : "alive",
      }));
      const parts = [...cloud.parts.values()].map((part): SimThing => ({
        id: part.id,
        kind: part.kind,
        madeFor: part.madeFor === foreign.instanceId ? undefined : part.madeFor,
        state: part.goneAt === undefined ? "alive" : "gone",
      }));
      return [...machines, ...parts];
    },
  };
}

function asProviderErrors(fate: Fate): Fate {
  if (typeof fate !== "object" || "instead" in fate) return fate;
  const lost = () => new ProviderError("unavailable", "the connection was cut");
  if ("after" in fate) return { after: lost };
  const refused = fate.before();
  return { before: () => (refused instanceof ProviderError ? refused : lost()) };
}
