import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { resourceKinds } from "../api/resource-kind.ts";
import { systemClock } from "../clock.ts";
import { createCommands } from "../controllers/commands.ts";
import type { Ports } from "../controllers/ports.ts";
import { createTrustedTime } from "../controllers/trusted-time.ts";
import { createApi } from "../http/create-api.ts";
import { listen } from "../http/listen.ts";
import { createFakeCloud } from "../providers/fake/fake-cloud.ts";
import type { FakeNamed } from "../providers/fake/fake-named.ts";
import { createFakeProvider } from "../providers/fake/fake.ts";
import { createTimerScheduler } from "../scheduler/timer.ts";
import { createMemoryStore } from "../store/memory.ts";
import { anInstance } from "../testing/builders.ts";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { hostileThings } from "../testing/hostile-things.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { silentLog } from "../testing/silent-log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { run } from "./run.ts";

const home = mkdtempSync(join(tmpdir(), "mayfly-resources-"));
const SECRET = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE";
const PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Yb4mP3p0xw8vFZ4rMOHb2o8xEo6S1fOgvWq2kBf0B me@here";
writeFileSync(join(home, "id.pub"), `${PUBLIC}\n`);
writeFileSync(join(home, "id"), `-----BEGIN OPENSSH PRIVATE KEY-----\n${SECRET}\n`);

/** The real commands on the fake cloud, behind the real API on a real socket. */
function aService() {
  const [clock, random] = [createVirtualClock(), seededRandom(1)];
  const [store, cloud] = [createMemoryStore({ random }), createFakeCloud({ clock, random })];
  const provider = createFakeProvider(cloud, clock);
  const account = { name: "default", provider, defaultZone: "fake-1", sweepAllZones: false };
  const ports: Ports = {
    store,
    scheduler: createTimerScheduler({ rows: store, clock }),
    clock,
    random,
    time: createTrustedTime(clock, () => {}),
    log: silentLog,
    accounts: new Map([["default", account]]),
  };
  const commands = createCommands(ports, () => Promise.reject(new Error("no doctor here")));
  const log = { error: (fields: object) => assert.fail(JSON.stringify(fields)) };
  const api = createApi({ commands, clock, log, serviceFingerprints: () => ({ default: "f" }) });
  return { store, cloud, api };
}

let { store, cloud, api } = aService();
/** So many answers break off after what was asked for is done. */
let lost = 0;
const listening = await listen({
  handler: async (request) => {
    const answer = await api(request);
    return lost-- > 0 ? new Response("{") : answer;
  },
  clock: systemClock,
  socketPath: join(home, "mayfly.sock"),
  graceMs: 0,
});
after(async () => {
  await listening.close();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  ({ store, cloud, api } = aService());
  lost = 0;
});

const mayfly = (line: string, env?: NodeJS.ProcessEnv) => mayflyOf(line.split(" "), env);

async function mayflyOf(words: string[], env: NodeJS.ProcessEnv = {}) {
  const written = { out: "", err: "" };
  const code = await run(words, {
    env: { HOME: home, MAYFLY_HOME: home, ...env },
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  });
  return { code, ...written };
}

const kinds = {
  network: {
    create: "--subnet 10.0.1.0/24",
    head: /^NAME +SUBNETS +PLACE +MADE BY +ID\nlab +10\.0\.1\.0\/24 +fake +mayfly +network-/,
    shown: /^subnets +10\.0\.1\.0\/24$/m,
    wrong: "network create mf-x --subnet nope --vpc  --zone a,b",
    told: ["name", "--subnet", "--vpc", "--zone"],
  },
  firewall: {
    create: "--allow tcp:80 --allow tcp:443 --allow tcp:22@10.0.0.0/8",
    head: /^NAME +BY DEFAULT +RULES +MACHINES +.*\nlab +in drop, out accept +tcp:80, tcp:443, tcp:22@10\.0\.0\.0\/8 +0 +fake-1 +mayfly /,
    shown: /^rules +tcp:80, tcp:443, tcp:22@10\.0\.0\.0\/8$/m,
    wrong: "firewall create lab --allow 80 --allow tcp:99999 --allow tcp:1@x",
    told: ["--allow", "--allow", "--allow"],
  },
  volume: {
    create: "20GB --iops 15000",
    head: /^NAME +SIZE +IOPS +STATE +MACHINE +.*\nlab +20 GB +15000 +ready +- +fake-1 +mayfly /,
    shown: /^size +20 GB$/m,
    wrong: "volume create lab 0GB --iops 7",
    told: ["SIZE", "--iops"],
  },
  key: {
    create: join(home, "id.pub"),
    head: /^NAME +FINGERPRINT +.*\nlab +SHA256:\S+ +everywhere +mayfly /,
    shown: /^public key +ssh-ed25519 \S+ me@here$/m,
    wrong: `key create lab ${home}/id --zone z --lable x`,
    told: ["--zone", "--lable"],
  },
};

for (const kind of resourceKinds) {
  const { create, head, shown, wrong, told } = kinds[kind];

  test(`a ${kind} comes and goes by the command line`, async () => {
    assert.deepEqual(await mayfly(`${kind} list`), { code: 0, out: "", err: `no ${kind}s\n` });
    assert.deepEqual(JSON.parse((await mayfly(`--json ${kind} list`)).out), { [`${kind}s`]: [] });

    const made = await mayfly(`${kind} create lab ${create}`);
    assert.deepEqual([made.code, made.err], [0, ""]);
    assert.match(made.out, shown);
    assert.deepEqual(await mayfly(`${kind} create lab ${create}`), made);
    assert.equal(cloud.named.size, 1);

    assert.match((await mayfly(`${kind} list`)).out, head);
    assert.deepEqual(await mayfly(`${kind} show lab`), made);
    const view = JSON.parse((await mayfly(`${kind} show lab --json`)).out);
    assert.deepEqual([view.name, view.createdAt], ["lab", "2030-01-01T00:00:00.000Z"]);
    assert.deepEqual(JSON.parse((await mayfly(`${kind} list --json`)).out), { [`${kind}s`]: [view] });
    assert.deepEqual(await mayfly(`${kind} show ${view.id}`), made);

    const missing = await mayfly(`${kind} show lav`);
    assert.deepEqual([missing.code, missing.out], [3, ""]);
    assert.match(missing.err, new RegExp(`no ${kind} lav.*mayfly ${kind} list.*\n.*did you mean lab\\?`));

    const gone = await mayfly(`${kind} delete lab`);
    assert.deepEqual(gone, { code: 0, out: `${kind} lab (${view.id}) is gone\n`, err: "" });
    assert.equal(cloud.named.size, 0);
    const again = await mayfly(`${kind} delete lab`);
    assert.equal(again.code, 3);
    assert.match(again.err, new RegExp(`^mayfly: no ${kind} lab`));
  });

  test(`everything wrong with a ${kind} is told at once, under the name that was written`, async () => {
    const { code, out, err } = await mayfly(wrong);
    assert.deepEqual([code, out], [2, ""], err);
    const paths = [...err.matchAll(/^ {2}([\w-]+): /gm)].map(([, path]) => path);
    assert.deepEqual(paths.sort(), [...told].sort(), err);
    const document = JSON.parse((await mayfly(`${wrong} --json`)).err);
    assert.deepEqual([document.status, document.problems.length], [400, told.length]);
    for (const line of [
      `${kind} create`,
      `${kind} show`,
      `${kind} delete`,
      `${kind} list x`,
      `${kind} lst`,
      kind,
    ])
      assert.equal((await mayfly(line)).code, 2, line);
    assert.match((await mayfly(`${kind} lst`)).err, new RegExp(`did you mean mayfly ${kind} list\\?`));
    assert.equal(cloud.named.size, 0);
  });

  test(`a ${kind} has help for each verb, with an example`, async () => {
    const group = await mayfly(`help ${kind}`);
    for (const verb of ["list", "create", "show", "delete"]) {
      assert.match(group.out, new RegExp(`^  mayfly ${kind} ${verb} `, "m"));
      const { code, out } = await mayfly(`${kind} ${verb} --help`);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^  mayfly ${kind} ${verb} `, "m"));
      assert.deepEqual((await mayfly(`help ${kind} ${verb}`)).out, out);
    }
    assert.match((await mayfly(`${kind} create --help`)).out, new RegExp(`^mayfly ${kind} create \\w+`, "m"));
  });

  test(`a ${kind} whose making was not answered is asked for again, and made once`, async () => {
    lost = 2;
    assert.equal((await mayfly(`${kind} create lab ${create}`)).code, 0);
    assert.equal(cloud.named.size, 1);
  });

  test(`of several ${kind}s each that can be deleted is, and the others are told`, async () => {
    await mayfly(`${kind} create lab ${create}`);
    await mayfly(`${kind} create lab-2 ${create}`);
    const { code, out, err } = await mayfly(`${kind} delete lab nobody lab-2 lab`);
    assert.equal(code, 3);
    assert.match(out, new RegExp(`^${kind} lab .* is gone\n${kind} lab-2 .* is gone\n$`));
    assert.match(err, new RegExp(`1 of 3 ${kind}s were not deleted\n  nobody: no ${kind} nobody`));
    assert.equal(cloud.named.size, 0);
    const none = await mayfly(`--json ${kind} delete lab nobody`);
    assert.deepEqual(JSON.parse(none.out), { deleted: [] });
    assert.deepEqual(
      JSON.parse(none.err).problems.map(({ path }: { path: string }) => path),
      ["lab", "nobody"],
    );
  });
}

test("what an instance wants is refused with how many want it, and goes by force", async () => {
  await mayfly("network create lab");
  const uses = [{ kind: "network" as const, place: "fake", name: "lab" }];
  await store.insert(anInstance({ uses }));
  const { code, err } = await mayfly("network delete lab");
  assert.equal(code, 4);
  assert.match(err, /network lab is used by 1 instance; nothing was done\n.*force deletes it/);
  assert.equal((await mayfly("network delete lab --force")).code, 0);
});

test("a firewall says what it does by default, and what the cloud has put before its rules", async () => {
  await mayfly("firewall create open");
  const rule = { direction: "outbound", action: "drop", protocol: "tcp" } as const;
  const ports: [number, number] = [25, 25];
  const fixedRules = ["0.0.0.0/0", "::/0"].map((range) => ({ ...rule, ports, range }));
  const { id } = [...cloud.named.values()][0]!;
  await cloud.changeNamed("firewall", id, {
    defaults: { inbound: "accept", outbound: "accept" },
    rules: [],
    fixedRules,
  });
  const { out } = await mayfly("firewall show open");
  assert.match(
    out,
    /^by default +in accept, out accept\nrules +-\nfixed rules +out drop tcp:25\nmachines +0$/m,
  );
  const view = JSON.parse((await mayfly("firewall show open --json")).out);
  assert.deepEqual([view.defaults.inbound, view.fixedRules.length], ["accept", 2]);
  assert.match((await mayfly("firewall list")).out, /^open +in accept, out accept +- +0 /m);
});

test("what is there with other properties is refused, and told with both", async () => {
  await mayfly("volume create data 1TB");
  const { code, err } = await mayfly("volume create data 20");
  assert.equal(code, 2);
  assert.match(err, /there with 1000 GB, not 20 GB; nothing was done/);
});

test("a volume is made larger, attached to an instance, and taken off again", async () => {
  await mayfly("volume create data 20GB");
  const marks = { owner: "us", instanceId: "mf-000000000001", expiresAt: 0 };
  const { id } = await cloud.createMachine({ marks, name: "m", zone: "fake-1", addresses: [] });
  const { footprint } = anInstance();
  await store.insert(anInstance({ footprint: { ...footprint, zone: "fake-1", machine: id } }));
  assert.match((await mayfly("volume resize data 1TB")).out, /^size +1000 GB$/m);
  const attached = await mayfly("volume attach data lab");
  assert.match(attached.out, new RegExp(`^state +attached\nmachine +${id}$`, "m"));
  assert.deepEqual(await mayfly("volume attach data lab"), attached);
  const detached = JSON.parse((await mayfly("volume detach data --json")).out);
  assert.deepEqual([detached.sizeGb, detached.state], [1_000, "ready"]);
  for (const [line, code] of [
    ["volume resize data 10GB", 2],
    ["volume resize data much", 2],
    ["volume resize data", 2],
    ["volume attach data", 2],
    ["volume attach data nobody", 3],
    ["volume attach nothing lab", 3],
    ["volume detach nothing", 3],
  ] as const)
    assert.equal((await mayfly(line)).code, code, line);
  for (const verb of ["resize", "attach", "detach"]) {
    assert.match((await mayfly("help volume")).out, new RegExp(`^  mayfly volume ${verb} `, "m"));
    assert.match((await mayfly(`volume ${verb} --help`)).out, new RegExp(`^mayfly volume ${verb} data`, "m"));
  }
});

test("what nobody has marked is shown so, and what goes with an instance too", async () => {
  const common = { kind: "key", place: "everywhere", publicKey: PUBLIC, fingerprint: "SHA256:x" } as const;
  cloud.named.set("k-1", { ...common, id: "k-1", name: "found", onDemand: false });
  cloud.named.set("k-2", { ...common, id: "k-2", name: "wanted", owner: "us", onDemand: true });
  const { out } = await mayfly("key list");
  assert.match(out, /^found +SHA256:x +everywhere +- +k-1\nwanted +SHA256:x +everywhere +an instance +k-2$/m);
  assert.doesNotMatch((await mayfly("key show found")).out, /made by|created/);
});

test("a private key is refused without a word of it", async () => {
  const { code, out, err } = await mayfly(`key create me ${home}/id`);
  assert.equal(code, 2);
  assert.match(err, /^ {2}FILE: .*private key/m);
  assert.ok(!`${out}${err}`.includes(SECRET));
  assert.match((await mayfly(`key create me ${home}/nothing`)).err, /FILE: .*there is no such file/);
});

test("a shell that means other credentials than the service holds changes nothing", async () => {
  const env = { SCW_ACCESS_KEY: "SCWX", SCW_DEFAULT_PROJECT_ID: "p" };
  for (const line of ["network create lab", "network delete lab", "network list", "zones"])
    assert.equal((await mayfly(line, env)).code, 4, line);
  assert.equal(cloud.named.size, 0);
});

test("zones are shown, the default one as such", async () => {
  assert.equal((await mayfly("zones")).out, "ZONE\nfake-1  default\n");
  assert.deepEqual(JSON.parse((await mayfly("zones --json")).out), {
    zones: [{ name: "fake-1", isDefault: true }],
  });
  assert.equal((await mayfly("network list --zone mars-1")).code, 2);
});

for (const [what, text] of Object.entries(hostileTexts))
  test(`a thing or an argument that ${what} is shown and not obeyed`, async () => {
    // No argument has a zero byte.
    const word = text.replaceAll("\0", "");
    const common = { id: text, name: text, owner: text, onDemand: false, createdAt: 0 };
    const things: FakeNamed[] = [
      { ...common, kind: "network", place: "fake", subnets: [text] },
      { ...hostileThings(text).firewall, kind: "firewall", place: "fake-1" },
      { ...common, kind: "key", place: "everywhere", publicKey: text, fingerprint: text },
      { ...common, kind: "volume", place: "fake-1", sizeGb: 1, iops: 1, state: "ready", devicePath: text },
    ];
    for (const thing of things) {
      const { kind } = thing;
      cloud.named.clear();
      cloud.named.set(text, thing);
      for (const words of [
        [kind, "list"],
        [kind, "list", "--json"],
        [kind, "list", `--zone=${word}`],
        [kind, "show", word],
        [kind, "create", word, word, `--allow=${word}`, `--subnet=${word}`, `--iops=${word}`],
        [kind, "create", word, ...(kind === "firewall" ? [`--allow=${word}`] : []), `--account=${word}`],
        [kind, "create", "lab", word],
        [kind, "delete", word, "nobody"],
        [kind, word],
        ["help", kind, word],
      ]) {
        const { out, err } = await mayflyOf(words);
        const where = words.join(" ").slice(0, 60);
        for (const written of [out, err]) expectPlain(where, written, "\n");
        const [, second] = text.split("\n");
        if (second) assert.ok(!`${out}\n${err}`.includes(`\n${second}`), `${where}: ${out}${err}`);
      }
    }
  });
