import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { seededRandom } from "../../testing/seeded-random.ts";
import { describeProvider } from "../contract.ts";
import { createFakeCloud } from "./fake-cloud.ts";
import { createFakeEc2Provider } from "./fake-ec2.ts";
import { createFakeProvider } from "./fake.ts";

const MANNERS = [
  ["fake", createFakeProvider, {}],
  ["fake-ec2", createFakeEc2Provider, { showsGoneMs: 600_000 }],
] as const;
for (const [name, createProvider, manner] of MANNERS)
  describeProvider(name, () => {
    const clock = createVirtualClock();
    const cloud = createFakeCloud({ clock, random: seededRandom(1), ...manner });
    const reports = new Map<string, string>();
    cloud.knobs.report = ({ id }) => reports.get(id);
    return {
      provider: createProvider(cloud, clock),
      advance: (ms) => clock.advance(ms),
      leftovers() {
        const { machines, parts } = cloud.exists();
        const count = (kind: string) => parts.filter((part) => part.kind === kind).length;
        return { machines: machines.length, volumes: count("volume"), addresses: count("address") };
      },
      async makeForeign() {
        await cloud.createMachine({
          marks: { owner: "somebody-else", instanceId: "mf-000000000000", expiresAt: 0 },
          name: "foreign",
          zone: "fake-1",
          addresses: [],
        });
      },
      guestWrites: (machineId, text) => void reports.set(machineId, text),
      spec: { zone: "fake-1", type: "small", image: "linux" },
      ipv6IsApart: name === "fake",
    };
  });
