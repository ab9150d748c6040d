import type { Clock } from "../clock.ts";
import { ProviderError } from "../providers/error.ts";
import { createFakeCloud } from "../providers/fake/fake-cloud.ts";
import type { FakeCloud } from "../providers/fake/fake-cloud.ts";
import type { FakeMachine } from "../providers/fake/fake-machine.ts";
import { FAKE_SENTINELS } from "../providers/fake/fake-sentinels.ts";
import { createFakeEc2Provider } from "../providers/fake/fake-ec2.ts";
import { createFakeProvider } from "../providers/fake/fake.ts";
import type { Random } from "../random.ts";
import { createFakeProbe } from "./fake-probe.ts";
import type { Fate } from "./interceptor.ts";
import type { Meddling } from "./scenario.ts";
import type { SimCloud, SimThing } from "./sim-cloud.ts";
import { simGuests } from "./sim-guests.ts";

const VISIBILITY_GAP_MS = 10_000;
const ZONE = "fake-1";
const HOUR_MS = 3_600_000;

/** EC2 shows what was terminated for about an hour; here for longer than a delete may take. */
const SHOWS_GONE_MS = 600_000;
/** Lists of EC2 are late as a rule. */
const LEAST_LAG = 0.3;

/**
 * The clouds in memory; each of their calls can be lost. `harsh`: volumes cling to their machine, and nothing is marked that
 * was not marked apart. `ec2`: one call with a token makes all, what is over is shown for a while, lists are late always, and
 * a guest that shuts down stops or ends its machine.
 */
export function simFakeCloud(clock: Clock, random: Random, manner: "harsh" | "ec2"): SimCloud {
  const isEc2 = manner === "ec2";
  const cloud = createFakeCloud({ clock, random, ...(isEc2 && { showsGoneMs: SHOWS_GONE_MS }) });
  const foreign = { owner: "somebody-else", instanceId: "mf-000000000000", expiresAt: 0 };
  void cloud.createMachine({ marks: foreign, name: "foreign", zone: ZONE, addresses: [] });
  /** Machines that somebody else made with our marks. */
  const copies = new Set<string>();
  const guests = simGuests(clock.now);
  cloud.knobs.report = ({ id, upAt }) => guests.report(id, upAt);
  cloud.knobs.greets = ({ id, upAt }) => guests.cameTo(id, upAt) === "ready";
  const isOurs = (instanceId: string | undefined) =>
    instanceId === foreign.instanceId ? undefined : instanceId;

  return {
    name: isEc2 ? "fake-ec2" : "fake",
    hasKeys: isEc2,
    isLikeEc2: isEc2,
    types: ["small", ...Object.values(FAKE_SENTINELS)],
    fewest: 8,
    visibilityGapMs: VISIBILITY_GAP_MS,
    complaints: () => [],
    lag(parts) {
      cloud.knobs.lagMs = Math.max(parts, isEc2 ? LEAST_LAG : 0) * VISIBILITY_GAP_MS;
    },
    flicker(chance) {
      cloud.knobs.flicker = chance;
    },
    // Its provider has no pages: a list fails as a whole.
    missPage() {},
    connect({ interceptor, clock: processClock, time, fate }) {
      const reached: FakeCloud = interceptor.wrap("cloud", cloud, (call) => asProviderErrors(fate(call)));
      const createProvider = isEc2 ? createFakeEc2Provider : createFakeProvider;
      const provider = createProvider(reached, processClock, VISIBILITY_GAP_MS);
      return {
        name: "sim",
        defaultZone: ZONE,
        sweepAllZones: false,
        probe: interceptor.wrap("probe", createFakeProbe(cloud), fate),
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
    async plantStray(owner, kind) {
      const marks = { owner, instanceId: "mf-zzzzzzzzzzzz", expiresAt: 0 };
      if (kind === "volume") return void (await cloud.createVolume(marks, "stray"));
      if (kind === "address") return void (await cloud.createAddress(marks));
      const { id } = await cloud.createMachine({ marks, name: "stray", zone: ZONE, addresses: [] });
      await cloud.powerOn(id);
    },
    async meddle(verb, machineId) {
      const { machines } = cloud.exists();
      const machine = cloud.machines.get(machineId);
      if (!machine || !machines.includes(machine)) return;
      await meddleWith(verb, machine);
    },
    onDemand: () => new Set([...cloud.named.values()].filter(({ onDemand }) => onDemand).map(({ id }) => id)),
    inUse: () =>
      cloud
        .exists()
        .machines.flatMap(({ id: machine, network, firewall }) =>
          [network, firewall].flatMap((thing) => (thing === undefined ? [] : [{ machine, thing }])),
        ),
    things() {
      cloud.exists();
      const machines = [...cloud.machines.values()].map((machine): SimThing => ({
        id: machine.id,
        kind: "machine",
        madeFor: isOurs(machine.marks?.instanceId),
        createdAt: machine.createdAt,
        state: machine.goneAt !== undefined ? "gone" : machine.state === "stopping" ? "ending" : "alive",
        ...(machine.bootedWithUserData !== undefined && { bootedWithUserData: machine.bootedWithUserData }),
        ...(machine.bootedReporting !== undefined && { bootedReporting: machine.bootedReporting }),
        ...powerOf(machine),
        ...(machine.marks && { deadline: Math.floor(machine.marks.expiresAt / 1_000) * 1_000 }),
        ...guestOf(machine),
      }));
      const parts = [...cloud.parts.values()].map((part): SimThing => ({
        id: part.id,
        kind: part.kind,
        madeFor: isOurs(part.madeFor),
        createdAt: part.createdAt,
        state: part.goneAt === undefined ? "alive" : "gone",
      }));
      return [...machines, ...parts];
    },
  };

  function guestOf({ id, upAt, goneAt }: FakeMachine): Pick<SimThing, "guest"> {
    const guest = upAt === undefined || goneAt !== undefined ? undefined : guests.cameTo(id, upAt);
    return guest ? { guest } : {};
  }

  async function meddleWith(verb: Meddling, machine: NonNullable<ReturnType<typeof cloud.machines.get>>) {
    switch (verb) {
      case "delete":
        // What their copy leaves behind carries no mark: nobody can know whose it was.
        if (copies.has(machine.id)) cloud.parts.get(machine.volume)!.madeFor = foreign.instanceId;
        machine.state = "stopped";
        return cloud.deleteMachine(machine.id);
      case "stop":
        machine.next = undefined;
        machine.state = "stopped";
        return;
      case "start":
        machine.next = undefined;
        machine.state = "running";
        machine.upAt ??= clock.now();
        return;
      case "shutdown":
        return cloud.shutDown(machine.id);
      case "remark":
        if (machine.marks) machine.marks = { ...machine.marks, expiresAt: machine.marks.expiresAt + HOUR_MS };
        return;
      case "double": {
        const { marks, name } = machine;
        const copy = await cloud.createMachine({ marks: { ...marks! }, name, zone: ZONE, addresses: [] });
        copies.add(copy.id);
        return cloud.powerOn(copy.id);
      }
      case "untag":
      case "retag": {
        machine.marks = verb === "untag" ? undefined : foreign;
        for (const part of cloud.parts.values()) {
          if (part.machine !== machine.id) continue;
          part.marks = undefined;
          part.madeFor = foreign.instanceId;
        }
        return;
      }
      case "attach": {
        const { volume } = await cloud.createMachine({
          marks: foreign,
          name: "x",
          zone: ZONE,
          addresses: [],
        });
        cloud.parts.get(volume)!.machine = machine.id;
        return;
      }
      default:
        return verb satisfies never;
    }
  }
}

const ON: readonly string[] = ["starting", "running"];

function powerOf({ state, goneAt }: FakeMachine): Pick<SimThing, "power"> {
  if (goneAt !== undefined || state === "stopping") return {};
  return { power: ON.includes(state) ? "on" : "off" };
}

function asProviderErrors(fate: Fate): Fate {
  if (typeof fate !== "object" || "instead" in fate || "late" in fate) return fate;
  const lost = () => new ProviderError("unavailable", "the connection was cut");
  if ("after" in fate) return { after: lost };
  const refused = fate.before();
  return { before: () => (refused instanceof ProviderError ? refused : lost()) };
}
