import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createEmulator, SENTINELS } from "@mayfly/emulator";
import type { Footprint, InstanceSpec } from "../../lifecycle/instance.ts";
import { emptyFootprint } from "../../lifecycle/instance.ts";
import type { Kind, Machine } from "../../lifecycle/observed.ts";
import { describeProvider } from "../contract.ts";
import type { ProviderWorld } from "../contract.ts";
import { readReport } from "../../controllers/read-report.ts";
import { ProviderError } from "../error.ts";
import type { CreateRequest, DeleteRequest, Provider } from "../provider.ts";
import { guestUserData } from "./guest/guest-user-data.ts";
import { createScalewayProvider } from "./scaleway.ts";

const ZONE = "fr-par-1";
const SECRET = "11111111-2222-4333-8444-555555555555";
const PROJECT = "105bdce1-64c0-48ab-899d-868455867ecf";
const MARKS = { owner: "own-1", instanceId: "mf-0123456789ab", expiresAt: Date.UTC(2030, 0, 1) };
const EVERY_KIND: ReadonlySet<Kind> = new Set(["machine", "volume", "address"]);
const SPEC: InstanceSpec = {
  version: 1,
  zone: ZONE,
  type: "DEV1-S",
  image: "ubuntu_noble",
  ipv4: true,
  ipv6: false,
  tags: ["course:a", "mayfly:owner=somebody"],
  ready: "cloud",
};

function aWorld() {
  let now = Date.UTC(2026, 10, 21);
  const start = now;
  const emulator = createEmulator({ now: () => now, seed: 7, secretKey: SECRET, projectId: PROJECT });
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const clock = {
    now: () => now,
    monotonic: () => now - start,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => (sleepers.delete(sleeper), reject(signal.reason)), {
          once: true,
        });
      }),
  };
  const provider = createScalewayProvider({
    credentials: { accessKey: "SCWABCDEFGHIJKLMNOPQ", secretKey: SECRET, projectId: PROJECT },
    fetch: { read: emulator.fetch, create: emulator.fetch, delete: emulator.fetch },
    clock,
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0.5 },
    defaultZone: ZONE,
  });
  return {
    emulator,
    provider,
    clock,
    async advance(ms: number) {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.at <= now && sleepers.delete(sleeper)) sleeper.wake();
    },
    counts() {
      const { machines, volumes, addresses } = emulator.leftovers();
      return { machines: machines.length, volumes: volumes.length, addresses: addresses.length };
    },
    /** The API as somebody else sees it. */
    async call(method: string, path: string, body?: unknown): Promise<unknown> {
      const response = await emulator.fetch(`https://api.scaleway.com${path}`, {
        method,
        headers: { "X-Auth-Token": SECRET, "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
      return response.headers.get("content-type") === "application/json" && text !== ""
        ? JSON.parse(text)
        : text;
    },
  };
}

type World = ReturnType<typeof aWorld>;

/** A row that keeps what it is told. */
function aRow(spec: Partial<InstanceSpec> = {}) {
  const footprint: Footprint = emptyFootprint(ZONE);
  const request = (found?: Machine): CreateRequest => ({
    marks: MARKS,
    name: "lab-1",
    spec: { ...SPEC, ...spec },
    footprint: structuredClone(footprint),
    found,
    made: async (part) => void Object.assign(footprint, part),
    fence: () => {},
    shared: {},
  });
  return { footprint, request };
}

async function look(provider: Provider, { footprint }: { footprint: Footprint }) {
  const ids = new Set([...footprint.volumes.map(({ id }) => id), ...footprint.addresses]);
  return provider.list({ owner: MARKS.owner, zones: [ZONE], kinds: EVERY_KIND, ids });
}

async function deleteOnce(world: World, row: { footprint: Footprint }): Promise<"deleting" | "gone"> {
  const { startedAt: at, machines, parts } = await look(world.provider, row);
  const request: DeleteRequest = {
    instanceId: MARKS.instanceId,
    footprint: row.footprint,
    observed: {
      machine: { at, all: machines },
      volume: { at, parts: parts.filter(({ kind }) => kind === "volume") },
      address: { at, parts: parts.filter(({ kind }) => kind === "address") },
    },
  };
  return world.provider.delete(request);
}

async function expectGone(world: World, row: { footprint: Footprint }): Promise<void> {
  for (let step = 0; step < 100; step += 1) {
    if ((await deleteOnce(world, row)) === "gone") return;
    await world.advance(5_000);
  }
  assert.fail(`still there: ${JSON.stringify(world.emulator.leftovers())}`);
}

const expectError = (code: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProviderError, inspect(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

describeProvider("scaleway", (): ProviderWorld => {
  const world = aWorld();
  return {
    provider: world.provider,
    advance: world.advance,
    leftovers: world.counts,
    makeForeign: async () => {
      await world.call("POST", `/instance/v1/zones/${ZONE}/ips`, { project: PROJECT, type: "routed_ipv4" });
      await world.emulator.console.createServer({ zone: ZONE, name: "theirs" });
    },
    spec: { type: "DEV1-S", image: "ubuntu_noble", zone: ZONE, userData: "#cloud-config\n" },
    outOfStockType: SENTINELS.outOfStock,
    guestWrites: (id, text) => world.emulator.console.writeUserData(id, "mayfly-report", text),
  };
});

test("an instance with user data and an IPv4 costs five calls of its own", async () => {
  const world = aWorld();
  const row = aRow({ userData: "#cloud-config\n" });
  await world.provider.create(row.request());
  await world.advance(60_000);
  await expectGone(world, row);
  const { byOperation } = world.emulator.calls();
  const own = Object.entries(byOperation).filter(([name]) => !/^(List|Get)|list/i.test(name));
  assert.equal(
    own.reduce((sum, [, count]) => sum + count, 0),
    5,
    inspect(byOperation),
  );
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("user data reaches the machine as it is", async () => {
  const world = aWorld();
  const userData = "#cloud-config\nwrite_files: [{ path: /é, content: '\"x\"' }]\n";
  const row = aRow({ userData });
  await world.provider.create(row.request());
  const path = `/instance/v1/zones/${ZONE}/servers/${row.footprint.machine}/user_data/cloud-init`;
  assert.equal(await world.call("GET", path), userData);
});

test("a machine whose guest is to report gets the reporter beside its user data", async () => {
  const world = aWorld();
  const userData = "#cloud-config\nhostname: é\n";
  const row = aRow({ userData, ready: "cloud-init" });
  await world.provider.create(row.request());
  const path = `/instance/v1/zones/${ZONE}/servers/${row.footprint.machine}/user_data/cloud-init`;
  assert.equal(await world.call("GET", path), guestUserData({ userData, ready: "cloud-init" }));
});

test("what a guest wrote is never repeated in an error, and what is no text is no report", async () => {
  const world = aWorld();
  const row = aRow({ ready: "cloud-init" });
  await world.provider.create(row.request());
  const machine = { id: row.footprint.machine!, zone: ZONE };
  const answer = (status: number, body: unknown) =>
    world.emulator.faults.add({
      match: { path: "/user_data/mayfly-report" },
      times: 1,
      effect: { kind: "status", status, body },
    });
  answer(400, { type: "invalid_arguments", message: "canary" });
  await assert.rejects(world.provider.guestReport!(machine), (error: unknown) => {
    assert.doesNotMatch(inspect(error), /canary/);
    return error instanceof ProviderError;
  });
  answer(200, { version: 1, status: ["done"] });
  assert.equal(readReport(await world.provider.guestReport!(machine)).kind, "not-yet");
});

test("a user's tag cannot pass for a mark", async () => {
  const world = aWorld();
  const row = aRow();
  await world.provider.create(row.request());
  const [machine] = world.emulator.leftovers().machines;
  assert.deepEqual(machine?.tags, [
    "mayfly:owner=own-1",
    "mayfly:instance=mf-0123456789ab",
    "mayfly:expires=2030-01-01T00:00:00Z",
    "course:a",
  ]);
});

test("a hundred creates at once ask for the image once", async () => {
  const world = aWorld();
  await Promise.all(Array.from({ length: 100 }, () => world.provider.create(aRow().request())));
  const { byOperation } = world.emulator.calls();
  const images = Object.entries(byOperation).filter(([name]) => /image/i.test(name));
  assert.deepEqual(
    images.map(([, count]) => count),
    [1],
    inspect(byOperation),
  );
});

test("an inventory of several pages is whole", async () => {
  const world = aWorld();
  for (let made = 0; made < 230; made += 1) await world.provider.create(aRow().request());
  const { machines } = await look(world.provider, aRow());
  assert.equal(new Set(machines.map(({ id }) => id)).size, 230);
});

test("an inventory with a page missing is no inventory", async () => {
  for (const path of ["/servers", "/block/v1", "/ips"]) {
    const world = aWorld();
    await world.provider.create(aRow({ ipv6: true }).request());
    world.emulator.faults.add({ match: { method: "GET", path }, effect: { kind: "missPage" } });
    await assert.rejects(look(world.provider, aRow()), expectError("unavailable", /fr-par-1: .*were due/));
  }
});

test("a create whose answer was lost is adopted, not repeated", async () => {
  const world = aWorld();
  const row = aRow({ type: SENTINELS.lostAnswer, userData: "#cloud-config\n" });
  await assert.rejects(
    world.provider.create(row.request()),
    expectError("unavailable", /create mf-0123456789ab on scaleway fr-par-1/),
  );
  await world.advance(world.provider.visibilityGapMs);
  const { machines } = await look(world.provider, row);
  assert.equal(machines.length, 1);
  await world.provider.create(row.request(machines[0]));
  await world.advance(60_000);
  assert.equal((await look(world.provider, row)).machines[0]?.state, "running");
  assert.equal(world.counts().machines, 1);
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("a create broken at any of its calls is completed by the next", async () => {
  for (const kind of ["cutBefore", "cutAfter"] as const)
    for (let broken = 0; broken < 4; broken += 1) {
      const world = aWorld();
      const row = aRow({ ipv6: true, userData: "#cloud-config\n" });

      world.emulator.faults.add({
        match: { path: /\/(ips|servers|user_data\/cloud-init|action)$/, afterCalls: broken },
        times: 1,
        effect: { kind },
      });
      await assert.rejects(
        world.provider.create(row.request()),
        expectError("unavailable", /no answer to rely on/),
      );
      world.emulator.faults.clear();
      await world.advance(world.provider.visibilityGapMs);
      const { machines, parts } = await look(world.provider, row);
      row.footprint.addresses = parts.filter((part) => part.kind === "address").map(({ id }) => id);
      await world.provider.create(row.request(machines[0]));
      await world.advance(60_000);
      assert.deepEqual(world.counts(), { machines: 1, volumes: 1, addresses: 1 }, `${kind} ${broken}`);
      const [machine] = (await look(world.provider, row)).machines;
      assert.equal(machine?.state, "running");
      assert.deepEqual(machine.addresses, row.footprint.addresses);
      await expectGone(world, row);
      assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
    }
});

test("a machine stopped in place is deleted", async () => {
  const world = aWorld();
  const row = aRow();
  await world.provider.create(row.request());
  await world.advance(60_000);
  const path = `/instance/v1/zones/${ZONE}/servers/${row.footprint.machine}/action`;
  await world.call("POST", path, { action: "stop_in_place" });
  await world.advance(120_000);
  assert.equal((await look(world.provider, row)).machines[0]?.state, "halted");
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("a machine that never boots is deleted, once it has had its two minutes", async () => {
  const world = aWorld();
  const row = aRow({ type: SENTINELS.neverBoots });
  await world.provider.create(row.request());
  await world.advance(60_000);
  assert.equal((await look(world.provider, row)).machines[0]?.state, "starting");
  assert.equal(await deleteOnce(world, row), "deleting");
  assert.equal((await look(world.provider, row)).machines[0]?.state, "starting");
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("of several machines marked for one instance none is left", async () => {
  const world = aWorld();
  const [row, twin] = [aRow(), aRow()];
  await world.provider.create(row.request());
  await world.provider.create(twin.request());
  row.footprint.volumes.push(...twin.footprint.volumes);
  await world.advance(60_000);
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("a volume on the machine's host and one that the user attached: ours goes, theirs stays", async () => {
  const world = aWorld();
  const row = aRow();
  await world.provider.create(row.request());
  const theirs = (await world.call("POST", `/block/v1/zones/${ZONE}/volumes`, {
    name: "theirs",
    project_id: PROJECT,
    perf_iops: 5000,
    from_empty: { size: 10_000_000_000 },
    tags: [],
  })) as { id: string };
  await world.advance(60_000);
  const path = `/instance/v1/zones/${ZONE}/servers/${row.footprint.machine}/attach-volume`;
  await world.call("POST", path, { volume_id: theirs.id, volume_type: "sbs_volume", boot: false });
  await world.advance(60_000);
  await expectGone(world, row);
  assert.deepEqual(
    world.emulator.leftovers().volumes.map(({ id }) => id),
    [theirs.id],
  );
});

test("a local root volume is deleted also when its machine was stopped", async () => {
  const world = aWorld();
  const listed = (await world.call(
    "GET",
    `/marketplace/v2/local-images?image_label=ubuntu_jammy&type=instance_local&zone=${ZONE}`,
  )) as { local_images: { id: string; compatible_commercial_types: string[] }[] };
  const image = listed.local_images.find((each) => each.compatible_commercial_types.includes("DEV1-S"))!;
  const row = aRow({ image: image.id });
  await world.provider.create(row.request());
  assert.deepEqual(
    row.footprint.volumes.map(({ kind }) => kind),
    ["l_ssd"],
  );
  await world.advance(60_000);
  await world.provider.stop({ id: row.footprint.machine!, zone: ZONE });
  await world.advance(120_000);
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("errors say what was attempted, and are named by what to do next", async () => {
  const world = aWorld();
  const attempt = (spec: Partial<InstanceSpec>) => world.provider.create(aRow(spec).request());
  const begins = "create mf-0123456789ab on scaleway fr-par-1: ";
  await assert.rejects(
    attempt({ type: SENTINELS.outOfStock }),
    expectError(
      "insufficient_capacity",
      new RegExp(`^${begins}insufficient capacity for ${SENTINELS.outOfStock} \\(request [0-9a-f-]{36}\\)$`),
    ),
  );
  await assert.rejects(
    attempt({ type: SENTINELS.quota }),
    expectError("quota_exceeded", new RegExp(`^${begins}quota exceeded`)),
  );
  await assert.rejects(
    attempt({ type: SENTINELS.busy }),
    expectError("rate_limited", new RegExp(`^${begins}too many calls`)),
  );
  await assert.rejects(
    attempt({ image: "ubuntu_nobel" }),
    expectError("invalid_input", /unknown; did you mean ubuntu_noble/),
  );
  await assert.rejects(
    attempt({ securityGroup: "no-such" }),
    expectError("invalid_input", /security group no-such is unknown/),
  );
  world.emulator.faults.add({
    match: {},
    effect: { kind: "status", status: 401, body: { type: "denied_authentication", message: "no" } },
  });
  await assert.rejects(
    look(world.provider, aRow()),
    expectError("unauthorized", /^list \w+ of scaleway fr-par-1/),
  );
});

test("out of stock only at power-on is told, and what was made is known", async () => {
  const world = aWorld();
  const row = aRow({ type: SENTINELS.stockLate });
  await assert.rejects(
    world.provider.create(row.request()),
    expectError("insufficient_capacity", /insufficient capacity/),
  );
  assert.ok(row.footprint.machine);
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("neither provider nor error shows the secret or user data", async () => {
  const world = aWorld();
  world.emulator.faults.add({
    match: { path: "user_data" },
    effect: { kind: "status", status: 400, body: { message: "bad: hunter2 user data" } },
  });
  const error = await world.provider
    .create(aRow({ userData: "password: hunter2" }).request())
    .catch((e: unknown) => e);
  const shown = inspect([world.provider, error], { depth: 20, showHidden: true });
  assert.ok(error instanceof ProviderError);
  assert.doesNotMatch(shown, /hunter2/);
  assert.ok(!shown.includes(SECRET));
});

test("while a machine is there, its address stays", async () => {
  const world = aWorld();
  const row = aRow({ ipv6: true });
  await world.provider.create(row.request());
  await world.advance(60_000);
  assert.equal(await deleteOnce(world, row), "deleting");
  assert.deepEqual(world.counts(), { machines: 1, volumes: 1, addresses: 1 });
});

test("an address that carries the instance's mark is deleted though no row names it", async () => {
  const world = aWorld();
  const row = aRow({ ipv6: true });
  await world.provider.create(row.request());
  row.footprint.addresses = [];
  await world.advance(60_000);
  await expectGone(world, row);
  assert.deepEqual(world.counts(), { machines: 0, volumes: 0, addresses: 0 });
});

test("a delete that acts on an old look does no harm: busy is a conflict, absent is gone", async () => {
  const world = aWorld();
  const row = aRow();
  await world.provider.create(row.request());
  await world.advance(60_000);
  const { startedAt: at, machines, parts } = await look(world.provider, row);
  const old = { instanceId: MARKS.instanceId, footprint: row.footprint };
  const withMachine = { machine: { at, all: machines }, volume: { at, parts }, address: { at, parts: [] } };
  assert.equal(await world.provider.delete({ ...old, observed: withMachine }), "deleting");
  await assert.rejects(world.provider.delete({ ...old, observed: withMachine }), { code: "conflict" });
  await expectGone(world, row);
  const idle = parts.map((part) => ({ ...part, idle: true }));
  const withVolume = { ...withMachine, volume: { at, parts: idle } };
  assert.equal(await world.provider.delete({ ...old, observed: withVolume }), "gone");
});

test("a machine found without its address gets it", async () => {
  const world = aWorld();
  const row = aRow({ ipv6: true });
  await world.provider.create(aRow().request());
  const { machines } = await look(world.provider, row);
  await world.provider.create(row.request(machines[0]));
  await world.advance(60_000);
  const [machine, ...others] = (await look(world.provider, row)).machines;
  assert.deepEqual(others, []);
  assert.equal(machine?.addresses.length, 1);
  assert.deepEqual(machine.addresses, row.footprint.addresses);
});

test("what another installation or another project owns is not listed", async () => {
  const world = aWorld();
  const server = { commercial_type: "DEV1-S", image: "ubuntu_noble", name: "x", project: PROJECT };
  const path = `/instance/v1/zones/${ZONE}/servers`;
  const ours = "mayfly:owner=own-1";
  await world.call("POST", path, { ...server, tags: [ours, "mayfly:owner=own-2"] });
  await world.call("POST", path, { ...server, tags: ["mayfly:owner=own-10"] });
  await world.call("POST", path, {
    ...server,
    tags: [ours],
    project: "99999999-0000-4000-8000-000000000000",
  });
  await world.call("POST", `/instance/v1/zones/${ZONE}/ips`, {
    project: PROJECT,
    tags: ["mayfly:owner=own-2"],
  });
  assert.equal(world.counts().machines, 3);
  const { machines, parts } = await look(world.provider, aRow());
  assert.deepEqual([machines, parts], [[], []]);
});

test("an image that was replaced meanwhile is asked for again", async () => {
  const world = aWorld();
  const body = { type: "not_found", resource: "instance_image", message: "resource is not found" };
  world.emulator.faults.add({
    match: { method: "POST", path: /\/servers$/ },
    times: 1,
    effect: { kind: "status", status: 404, body },
  });
  const row = aRow();
  await assert.rejects(
    world.provider.create(row.request()),
    expectError("conflict", /image ubuntu_noble was replaced/),
  );
  await world.provider.create(row.request());
  assert.equal(world.counts().machines, 1);
});
