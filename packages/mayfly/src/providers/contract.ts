import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Footprint, InstanceSpec } from "../lifecycle/instance.ts";
import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Inventory, Kind, Machine, MachineState, Observed } from "../lifecycle/observed.ts";
import { ProviderError } from "./error.ts";
import type { CreateRequest, Made, Provider } from "./provider.ts";

/** An empty cloud with a provider in front of it. */
export interface ProviderWorld {
  provider: Provider;
  /** Lets time pass, and with it what the cloud is busy with. */
  advance(ms: number): Promise<void>;
  /** What exists, whoever made it. */
  leftovers(): Counts | Promise<Counts>;
  /** Makes a machine that carries no mark of ours. */
  makeForeign?(): Promise<void>;
  /** What this cloud calls its things, laid over a small spec without addresses of its own. */
  spec?: Partial<InstanceSpec>;
  /** Whether an IPv6 address is made before its machine, and lives apart from it. @default true */
  ipv6IsApart?: boolean;
  /** A type that is out of stock. */
  outOfStockType?: string;
  /** What the guest of a machine does to report; where the provider lets it. */
  guestWrites?(machineId: string, text: string): void;
}

export interface Counts {
  machines: number;
  volumes: number;
  addresses: number;
}

/** What every provider must hold to, whatever the cloud. */
export function describeProvider(
  name: string,
  makeWorld: () => ProviderWorld | Promise<ProviderWorld>,
): void {
  describe(`the provider ${name}`, () => {
    test("a create makes one marked machine that comes up, and names its parts", async () => {
      const { world, instance } = await begin(makeWorld);
      await instance.create();
      await world.advance(SETTLED_MS);
      const [machine, ...others] = (await instance.look()).machines;
      assert.deepEqual(others, []);
      assert.ok(machine);
      assert.equal(machine.state, "running");
      assert.equal(machine.owner, OWNER);
      assert.equal(machine.instanceId, instance.id);
      assert.equal(machine.expiresAt, EXPIRES_AT);
      assert.equal(machine.zone, instance.spec.zone);
      assert.ok(machine.ips.length > 0);
      assert.equal(instance.footprint.machine, machine.id);
      assert.deepEqual(ids(instance.footprint.volumes), ids(machine.volumes));
    });

    test("a create that is repeated adds nothing", async () => {
      const { world, instance } = await begin(makeWorld, { ipv6: true });
      await instance.create();
      const once = await world.leftovers();
      await instance.create((await instance.look()).machines[0]);
      await world.advance(SETTLED_MS);
      await instance.create((await instance.look()).machines[0]);
      assert.deepEqual(await world.leftovers(), once);
    });

    for (const ipv6 of [false, true])
      for (const part of ipv6 ? [1, 2] : [1])
        test(`a create whose part ${part} could not be written down is completed, not doubled${ipv6 ? " (ipv6)" : ""}`, async () => {
          const whole = await begin(makeWorld, { ipv6 });
          if (part === 2 && whole.world.ipv6IsApart === false) return;
          await whole.instance.create();
          const due = await whole.world.leftovers();

          const { world, instance } = await begin(makeWorld, { ipv6 });
          instance.failMadeAt = part;
          await assert.rejects(instance.create(), /row is not written/);
          instance.failMadeAt = undefined;
          await world.advance(world.provider.visibilityGapMs);
          const { machines, parts } = await instance.look();
          instance.footprint.addresses = ids(parts.filter(({ kind }) => kind === "address"));
          await instance.create(machines[0]);
          await world.advance(SETTLED_MS);
          assert.deepEqual(await world.leftovers(), due);
          assert.equal((await instance.look()).machines[0]?.state, "running");
          await instance.expectGone();
        });

    test("a list shows what carries the owner's mark, and of the rest only what was asked for by id", async () => {
      const { world, instance } = await begin(makeWorld);
      await world.makeForeign?.();
      await instance.create();
      await world.advance(SETTLED_MS);
      const { provider } = world;
      const zones = provider.zones;
      const all = await provider.list({ owner: OWNER, zones, kinds: EVERY_KIND, ids: new Set() });
      assert.deepEqual(ids(all.machines), [instance.footprint.machine]);
      assert.deepEqual(
        all.parts.filter((part) => part.owner !== OWNER),
        [],
      );
      const asked = (await instance.look()).parts.filter(({ kind }) => kind === "volume");
      assert.deepEqual(ids(asked), ids(instance.footprint.volumes));
      for (const part of asked) assert.equal(part.attachedTo, instance.footprint.machine);
      const others = await provider.list({ owner: "another", zones, kinds: EVERY_KIND, ids: new Set() });
      assert.deepEqual([others.machines, others.parts], [[], []]);
      const none = await provider.list({ owner: OWNER, zones, kinds: new Set(["volume"]), ids: new Set() });
      assert.deepEqual(none.machines, []);
    });

    test("a machine that is asked for by its id is there, gone, or a stranger", async () => {
      const { world, instance } = await begin(makeWorld);
      await instance.create();
      const machine = instance.footprint.machine!;
      const asked = async (owner: string) => {
        const kinds = new Set(["machine"] as const);
        const query = { owner, zones: [instance.spec.zone], kinds, ids: new Set<string>() };
        const { machines, strangers } = await world.provider.list({
          ...query,
          machineIds: new Set([machine]),
        });
        return { machines: ids(machines), strangers };
      };
      assert.deepEqual(await asked(OWNER), { machines: [machine], strangers: [] });
      assert.deepEqual(await asked("another"), { machines: [], strangers: [machine] });
      await world.advance(SETTLED_MS);
      await instance.expectGone();
      assert.deepEqual(await asked(OWNER), { machines: [], strangers: [] });
      assert.deepEqual(await asked("another"), { machines: [], strangers: [] });
    });

    test("a machine of another owner is not marked", async () => {
      const { world, instance } = await begin(makeWorld);
      await instance.create();
      const marks = { owner: "another", instanceId: instance.id, expiresAt: EXPIRES_AT + 60_000 };
      await world.provider.mark?.(instance.ref(), marks);
      const [machine] = (await instance.look()).machines;
      assert.deepEqual([machine?.owner, machine?.expiresAt], [OWNER, EXPIRES_AT]);
    });

    test("what carries no mark of ours outlives everything that we do", async () => {
      const { world, instance } = await begin(makeWorld, { ipv6: true });
      if (world.makeForeign === undefined) return;
      await world.makeForeign();
      const foreign = await world.leftovers();
      await instance.create();
      await world.advance(SETTLED_MS);
      await instance.expectGone();
      assert.deepEqual(await world.leftovers(), foreign);
    });

    const states: [MachineState, (begun: Begun) => Promise<void>][] = [
      ["running", ({ world }) => world.advance(SETTLED_MS)],
      ["starting", async () => {}],
      [
        "stopped",
        async ({ world, instance }) => {
          await world.advance(SETTLED_MS);
          await world.provider.stop(instance.ref());
          await world.advance(SETTLED_MS);
        },
      ],
      [
        "stopping",
        async ({ world, instance }) => {
          await world.advance(SETTLED_MS);
          await world.provider.stop(instance.ref());
        },
      ],
    ];
    for (const [state, reach] of states)
      test(`an instance that is ${state} is deleted with all its parts`, async () => {
        const begun = await begin(makeWorld, { ipv6: true });
        if (state.startsWith("stop") && !begun.world.provider.supports.stop) return;
        await begun.instance.create();
        await reach(begun);
        await begun.instance.expectGone();
        assert.deepEqual(await begun.world.leftovers(), NOTHING);
        assert.equal(await begun.instance.delete(), "gone");
      });

    test("a kind that was not looked at is not gone", async () => {
      const { world, instance } = await begin(makeWorld, { ipv6: true });
      await instance.create();
      await world.advance(SETTLED_MS);
      const { provider } = world;
      const request = { instanceId: instance.id, footprint: instance.footprint };
      assert.equal(await provider.delete({ ...request, observed: {} }), "deleting");
      const nothing = { at: 0, all: [] };
      assert.equal(await provider.delete({ ...request, observed: { machine: nothing } }), "deleting");
    });

    test("stop, start and reboot may be asked for twice", async () => {
      const { world, instance } = await begin(makeWorld);
      const { provider } = world;
      if (!provider.supports.stop) return;
      await instance.create();
      await world.advance(SETTLED_MS);
      const state = async () => (await instance.look()).machines[0]?.state;
      for (const [act, reached] of [
        ["stop", "stopped"],
        ["start", "running"],
        ["reboot", "running"],
      ] as const) {
        await provider[act](instance.ref());
        await provider[act](instance.ref());
        await world.advance(SETTLED_MS);
        assert.equal(await state(), reached, act);
      }
    });

    test("a guest's report is nothing before its guest wrote one, and then what it wrote", async () => {
      const { world, instance } = await begin(makeWorld, { ready: "cloud-init" });
      const { guestReport } = world.provider;
      assert.equal(world.guestWrites === undefined, guestReport === undefined);
      if (!guestReport) return;
      await instance.create();
      await world.advance(SETTLED_MS);
      assert.equal(await guestReport(instance.ref()), undefined);
      const text = `{"version":1}\n${"é".repeat(1_000)}`;
      world.guestWrites!(instance.footprint.machine!, text);
      assert.equal(await guestReport(instance.ref()), text);
      await instance.expectGone();
      assert.equal(await guestReport(instance.ref()), undefined);
    });

    test("a price is whole, that of the catalogue, and the same when it is asked again; nothing is made", async () => {
      const { world, instance } = await begin(makeWorld);
      const { price, catalog } = world.provider;
      if (!price) return;
      const { zone, type } = instance.spec;
      const first = await price(instance.spec);
      assert.ok(first, `a price of ${type} in ${zone}`);
      const { machine, addresses, volumes } = first;
      for (const micros of [machine, addresses, volumes])
        assert.ok(micros === undefined || (Number.isSafeInteger(micros) && micros >= 0), String(micros));
      const listed = (await catalog?.types(zone))?.find(({ name }) => name === type);
      assert.equal(machine, listed?.priceMicrosPerHour);
      assert.equal(first.currency, listed?.currency ?? "EUR");
      assert.deepEqual(await price(instance.spec), first);
      assert.deepEqual(await world.leftovers(), NOTHING);
    });

    test("a price follows what is asked for: an address less, a volume more", async () => {
      const { world, instance } = await begin(makeWorld);
      const { price, volumes: makesVolumes } = world.provider;
      if (!price) return;
      const plain = (await price(instance.spec))!;
      const { machine, addresses, volumes } = (await price({ ...instance.spec, ipv4: false }))!;
      assert.deepEqual([machine, addresses, volumes], [plain.machine, 0, plain.volumes]);
      if (plain.volumes === undefined || !makesVolumes) return;
      const more = [{ name: "data", sizeGb: 100 }];
      assert.ok((await price({ ...instance.spec, volumes: more }))!.volumes! > plain.volumes);
      assert.equal((await price({ ...instance.spec, volumes: [{ name: "mine" }] }))!.volumes, plain.volumes);
    });

    test("an image that does not exist is refused for good, and nothing is made", async () => {
      const { world, instance } = await begin(makeWorld, { image: "no-such-image", ipv6: true });
      await assert.rejects(instance.create(), withCode("invalid_input"));
      assert.deepEqual(await world.leftovers(), NOTHING);
    });

    test("a type that is out of stock is told apart, and leaves nothing behind", async () => {
      const { world, instance } = await begin(makeWorld);
      if (world.outOfStockType === undefined) return;
      instance.spec.type = world.outOfStockType;
      await assert.rejects(instance.create(), withCode("insufficient_capacity"));
      await instance.expectGone();
      assert.deepEqual(await world.leftovers(), NOTHING);
    });
  });
}

const OWNER = "own-contract";
const EXPIRES_AT = Date.UTC(2030, 0, 1);
const EVERY_KIND: ReadonlySet<Kind> = new Set(["machine", "volume", "address"]);
const NOTHING: Counts = { machines: 0, volumes: 0, addresses: 0 };
/** Longer than any change of state takes. */
const SETTLED_MS = 120_000;

const ids = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id).sort();

const withCode = (code: string) => (error: unknown) => {
  assert.ok(error instanceof ProviderError, String(error));
  assert.equal(error.code, code);
  return true;
};

interface Begun {
  world: ProviderWorld;
  instance: ReturnType<typeof anInstance>;
}

async function begin(
  makeWorld: () => ProviderWorld | Promise<ProviderWorld>,
  spec: Partial<InstanceSpec> = {},
): Promise<Begun> {
  const world = await makeWorld();
  return { world, instance: anInstance(world, spec) };
}

/** A row, and what a controller does with it. */
function anInstance(world: ProviderWorld, overrides: Partial<InstanceSpec>) {
  const { provider } = world;
  const zone = world.spec?.zone ?? provider.zones[0]!;
  const small = {
    version: 1,
    zone,
    type: "small",
    image: "ubuntu",
    ipv4: true,
    ipv6: false,
    tags: [],
    ready: "cloud",
  };
  const spec = { ...small, ...world.spec, ...overrides } as InstanceSpec;
  const id = "mf-c0ntractc0nt";
  const footprint: Footprint = emptyFootprint(zone);
  let written = 0;

  function write(part: Made): void {
    const union = <Item>(
      a: Item[],
      b: Item[] = [],
      key: (item: Item) => unknown = (item) => item,
    ): Item[] => [...new Map([...a, ...b].map((item) => [key(item), item])).values()];
    footprint.machine = part.machine ?? footprint.machine;
    footprint.volumes = union(footprint.volumes, part.volumes, (volume) => volume.id);
    footprint.addresses = union(footprint.addresses, part.addresses);
    footprint.nics = union(footprint.nics, part.nics);
  }

  const instance = {
    id,
    spec,
    footprint,
    /** The write of this part fails. */
    failMadeAt: undefined as number | undefined,
    ref: () => ({ id: footprint.machine!, zone }),

    async create(found?: Machine): Promise<void> {
      written = 0;
      const request: CreateRequest = {
        marks: { owner: OWNER, instanceId: id, expiresAt: EXPIRES_AT },
        name: "contract",
        spec,
        footprint: structuredClone(footprint),
        found,
        async made(part) {
          written += 1;
          if (written === instance.failMadeAt) throw new Error("the row is not written");
          write(part);
        },
        fence: () => {},
        shared: {},
      };
      await provider.create(request);
    },

    look(): Promise<Inventory> {
      const known = new Set([...ids(footprint.volumes), ...footprint.addresses]);
      return provider.list({ owner: OWNER, zones: [zone], kinds: EVERY_KIND, ids: known });
    },

    async delete(): Promise<"deleting" | "gone"> {
      const { startedAt: at, machines, parts } = await instance.look();
      // Nothing is terminated before the ids of its parts are in the row.
      for (const { volumes, addresses, nics } of machines) write({ volumes, addresses, nics });
      const observed: Observed = {
        machine: { at, all: machines },
        volume: { at, parts: parts.filter(({ kind }) => kind === "volume") },
        address: { at, parts: parts.filter(({ kind }) => kind === "address") },
      };
      return provider.delete({ instanceId: id, footprint: structuredClone(footprint), observed });
    },

    async expectGone(): Promise<void> {
      for (let step = 0; step < 200; step += 1) {
        if ((await instance.delete()) === "gone") return;
        await world.advance(5_000);
      }
      assert.fail(`${id} is still being deleted: ${JSON.stringify(await instance.look())}`);
    },
  };
  return instance;
}
