import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createResourceSchemas } from "../api/create-resource.ts";
import { RequestProblem } from "../api/problem.ts";
import type { ProblemCode } from "../api/problem.ts";
import { resourceKinds } from "../api/resource-kind.ts";
import { ProviderError } from "../providers/error.ts";
import { createFakeCloud } from "../providers/fake/fake-cloud.ts";
import { createFakeProvider } from "../providers/fake/fake.ts";
import type { Provider } from "../providers/provider.ts";
import type { Named, Resources } from "../providers/resources/resources.ts";
import { createMemoryStore } from "../store/memory.ts";
import { anInstance } from "../testing/builders.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import type { Ports } from "./ports.ts";
import { resourceCommands } from "./resource-commands.ts";

const [clock, random] = [createVirtualClock(), seededRandom(1)];
let store = createMemoryStore({ random });
let cloud = createFakeCloud({ clock, random });
let provider: Provider;

beforeEach(() => {
  store = createMemoryStore({ random });
  cloud = createFakeCloud({ clock, random });
  provider = createFakeProvider(cloud, clock);
});

function commands() {
  const account = { name: "main", provider, defaultZone: "fake-1", sweepAllZones: false };
  const accounts = new Map([["main", account]]);
  return resourceCommands({ store, clock, accounts } as unknown as Ports);
}

const wanted = {
  network: { name: "lab" },
  firewall: { name: "lab" },
  volume: { name: "lab", sizeGb: 20 },
  key: {
    name: "lab",
    publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Yb4mP3p0xw8vFZ4rMOHb2o8xEo6S1fOgvWq2kBf0B",
  },
};

async function problemOf(code: ProblemCode, asked: Promise<unknown>): Promise<RequestProblem> {
  const error = await asked.then(
    () => assert.fail("it was done"),
    (error: unknown) => error,
  );
  assert.ok(error instanceof RequestProblem, String(error));
  assert.equal(error.code, code, error.message);
  return error;
}

for (const kind of resourceKinds) {
  const request = createResourceSchemas[kind].parse(wanted[kind]);

  test(`a ${kind} that is asked for twice at once is made once, for this installation, to stay`, async () => {
    const { createResource, listResources } = commands();
    const [one, two] = await Promise.all([createResource(kind, request), createResource(kind, request)]);
    assert.equal(one.id, two.id);
    assert.deepEqual([one.owner, one.onDemand], [await store.owner(), false]);
    assert.deepEqual(await listResources(kind, {}), [one]);
  });

  test(`a ${kind} that is not there is not found, with what was meant and how to see all`, async () => {
    const { createResource, findResource, deleteResource } = commands();
    await createResource(kind, request);
    for (const ask of [findResource, deleteResource]) {
      const { message, problems } = await problemOf("not_found", ask(kind, "lav", { zone: "fake-1" }));
      assert.match(message, new RegExp(`^no ${kind} lav.*mayfly ${kind} list --zone fake-1\``));
      assert.equal(problems[0]?.suggestion, "did you mean lab?");
    }
  });

  test(`a ${kind} that was made for an instance stays once somebody asks for it by itself`, async () => {
    const on = { owner: await store.owner(), onDemand: true };
    const { id } = await provider[`${kind}s`]!.ensure({ ...request, zone: "fake-1" } as never, on);
    const kept = await commands().createResource(kind, request);
    assert.deepEqual([kept.id, kept.onDemand], [id, false]);
  });

  test(`a ${kind} that another installation will remove is not handed out`, async () => {
    const port = provider[`${kind}s`]!;
    const made = await port.ensure({ ...request, zone: "fake-1" } as never, { owner: "x", onDemand: true });
    await problemOf("invalid", commands().createResource(kind, request));
    provider = { ...provider, [`${kind}s`]: { ...port, ensure: async () => made } };
    await problemOf("refused", commands().createResource(kind, request));
  });

  test(`a cloud without ${kind}s says so`, async () => {
    provider = { ...provider, [`${kind}s`]: undefined };
    const { listResources, createResource } = commands();
    for (const asked of [listResources(kind, {}), createResource(kind, request)])
      assert.match((await problemOf("refused", asked)).message, new RegExp(`fake has no ${kind}s`));
  });

  test(`a change of a ${kind} that nobody answered for says that it may be asked again`, async () => {
    const { createResource, deleteResource } = commands();
    const cut = () => (cloud.knobs.nextError = new ProviderError("unavailable", "the connection was cut"));
    cut();
    assert.match((await problemOf("unavailable", createResource(kind, request))).message, /ask again/);
    await createResource(kind, request);
    cut();
    assert.match((await problemOf("unavailable", deleteResource(kind, "lab", {}))).message, /ask again/);
    await deleteResource(kind, "lab", {});
    assert.equal(cloud.named.size, 0);
  });
}

for (const kind of ["network", "firewall", "key"] as const) {
  test(`a ${kind} that is just being removed is not handed out, however late that is seen`, async () => {
    const request = createResourceSchemas[kind].parse(wanted[kind]);
    const { createResource } = commands();
    const { place } = await createResource(kind, request);
    const thing = { kind, place, name: "lab" };
    const row = anInstance({ account: "main", uses: [thing] });
    await store.insert(row);
    await store.update(row.id, {}, (now) => ({ row: { ...now, phase: "deleted" } }));
    const take = (token: string) =>
      store.takeShared("main", thing, { token, now: clock.now(), until: clock.now() + 50_000 });

    const port = provider[`${kind}s`]! as Resources<Named, { name: string; zone: string }>;
    const createWhile = (meanwhile: () => Promise<unknown>) => {
      const ensure: typeof port.ensure = async (...asked) => {
        const made = await port.ensure(...asked);
        await meanwhile();
        return made;
      };
      provider = { ...provider, [`${kind}s`]: { ...port, ensure } };
      return commands().createResource(kind, request);
    };

    await take("early");
    const drop = () => store.dropShared("main", thing, { token: "early", removed: false });
    assert.match(
      (await problemOf("unavailable", createWhile(drop))).message,
      /just being removed.*ask again/,
    );
    await drop();
    await problemOf(
      "unavailable",
      createWhile(() => take("late")),
    );
  });

  test(`a ${kind} that instances want is deleted only by force`, async () => {
    const { createResource, deleteResource, findResource } = commands();
    const { place } = await createResource(kind, createResourceSchemas[kind].parse(wanted[kind]));
    for (const [id, at] of [
      ["mf-00000000000a", "elsewhere"],
      ["mf-00000000000b", place],
      ["mf-00000000000c", place],
    ] as const)
      await store.insert(
        anInstance({ id, name: id.slice(3), account: "main", uses: [{ kind, place: at, name: "lab" }] }),
      );
    const { message } = await problemOf("refused", deleteResource(kind, "lab", {}));
    assert.match(message, /is used by 2 instances; nothing was done/);
    assert.equal((await findResource(kind, "lab", {})).name, "lab");
    await deleteResource(kind, "lab", { force: true });
    assert.equal(cloud.named.size, 0);
  });
}

test("a volume that a machine holds is deleted only by force", async () => {
  const { createResource, deleteResource } = commands();
  const { id } = await createResource("volume", wanted.volume);
  const marks = { owner: "us", instanceId: "mf-000000000001", expiresAt: 0 };
  const machine = await cloud.createMachine({ marks, name: "m", zone: "fake-1", addresses: [] });
  await provider.volumes!.attach(id, machine.id, "fake-1");
  const { message } = await problemOf("refused", deleteResource("volume", "lab", {}));
  assert.match(message, new RegExp(`machine ${machine.id}`));
  assert.equal((await deleteResource("volume", id, { force: true })).id, id);
});

test("a firewall that machines are behind is not deleted, and by force only once they are gone", async () => {
  const { createResource, deleteResource } = commands();
  const { id } = await createResource("firewall", wanted.firewall);
  const marks = { owner: "us", instanceId: "mf-000000000001", expiresAt: 0 };
  const machine = { marks, name: "m", zone: "fake-1", addresses: [], firewall: id };
  const made = await cloud.createMachine(machine);
  assert.match((await problemOf("refused", deleteResource("firewall", "lab", {}))).message, /by 1 machine;/);
  const { message } = await problemOf("unavailable", deleteResource("firewall", "lab", { force: true }));
  assert.match(message, /is in use/);
  await cloud.deleteMachine(made.id);
  await deleteResource("firewall", "lab", {});
});

test("what a cloud will never do, and what it may not, are told apart", async () => {
  const { createResource } = commands();
  await createResource("volume", wanted.volume);
  const other = createResource("volume", { name: "lab", sizeGb: 30 });
  assert.match((await problemOf("invalid", other)).message, /there with 20 GB.*nothing was done/);
  cloud.knobs.nextError = new ProviderError("unauthorized", "no");
  await problemOf("unauthorized", createResource("network", wanted.network));
});

test("a zone that is not there is refused with those that are, and zones say which is the default", async () => {
  const { listResources, zones } = commands();
  const { problems } = await problemOf("invalid", listResources("key", { zone: "mars-1" }));
  assert.deepEqual(problems[0], { path: "zone", message: "no zone mars-1", suggestion: "one of fake-1" });
  assert.deepEqual(await zones({}), [{ name: "fake-1", isDefault: true }]);
  await problemOf("invalid", zones({ account: "nobody" }));
});
