import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { RequestProblem } from "../api/problem.ts";
import { resourceKinds } from "../api/resource-kind.ts";
import { run } from "../cli/run.ts";
import { systemClock } from "../clock.ts";
import { createApi } from "../http/create-api.ts";
import { createFakeCommands } from "../http/testing/fake-commands.ts";
import type { FakeCommands } from "../http/testing/fake-commands.ts";
import { listen } from "../http/listen.ts";
import type { Instance } from "../lifecycle/instance.ts";
import { aPublicKey } from "../testing/a-public-key.ts";
import { anInstance, aRunningInstance } from "../testing/builders.ts";
import { expectPlain } from "../testing/expect-plain.ts";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { hostileThings } from "../testing/hostile-things.ts";

const home = mkdtempSync(join(tmpdir(), "mayfly-terminal-"));
let commands = createFakeCommands(anInstance);
// One service for all of them: what it takes to make one is more than what a command takes.
const ofNow: FakeCommands = new Proxy(commands, { get: (_, name) => Reflect.get(commands, name) });
const listening = await listen({
  handler: createApi({ commands: ofNow, clock: systemClock, log: { error() {} } }),
  clock: systemClock,
  socketPath: join(home, "mayfly.sock"),
  graceMs: 0,
});
after(async () => {
  await listening.close();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  commands = createFakeCommands(anInstance);
});

/** One command line at a terminal that knows colours. */
async function mayfly(...argv: string[]) {
  const written = { out: "", err: "" };
  const code = await run(argv, {
    env: { HOME: home, MAYFLY_HOME: home, TERM: "xterm", TZ: "UTC" },
    stdout: { write: (text) => (written.out += text), isTTY: true },
    stderr: { write: (text) => (written.err += text), isTTY: true },
  });
  return { code, ...written };
}

/** Everything that has a text in it has this one. */
function aHostileWorld(text: string): void {
  const row: Instance = aRunningInstance({
    expiresAt: Date.now() + 3_600_000,
    account: text,
    reason: text,
    ips: [text, text],
    lastError: { code: text, message: text, at: Date.now() },
    troubleSince: Date.now(),
  });
  const { spec, footprint } = row;
  commands.put({
    ...row,
    spec: { ...spec, zone: text, type: text, image: text, tags: [text, text] },
    footprint: { ...footprint, machine: text },
  });
  commands.happen(row.id, { reason: text }, "trouble");
  commands.happen(row.id, { reason: text });
  commands.types = async () => [
    { name: text, vcpus: 1, memoryGib: 1, arch: text, priceMicrosPerHour: 1, available: false },
  ];
  commands.images = async () => [{ label: text, name: text }];
  commands.zones = async () => [
    { name: text, isDefault: true },
    { name: text, isDefault: false },
  ];
  const things = hostileThings(text);
  commands.things.network.set("lab", things.network);
  commands.things.firewall.set("lab", things.firewall);
  commands.things.volume.set("lab", things.volume);
  commands.things.key.set("lab", things.key);
  const doctor = commands.doctor;
  commands.doctor = async () => {
    const report = await doctor();
    const account = { ...report.accounts[0]!, name: text, provider: text, zone: text, endpoint: text };
    const check = { name: text, ok: false, message: text, suggestion: text };
    return { ...report, owner: text, home: text, accounts: [account], checks: [check] };
  };
}

function inAWorldOf(text: string, line: readonly string[]) {
  commands = createFakeCommands(anInstance);
  aHostileWorld(text);
  return mayfly(...line);
}

const publicKey = join(home, "id.pub");
writeFileSync(publicKey, aPublicKey());

const SHOWING = [
  ["list"],
  ["list", "--all"],
  ["status", "lab"],
  ["events"],
  ["events", "lab"],
  ["types"],
  ["images"],
  ["doctor"],
  ["extend", "lab", "30m"],
  ["stop", "lab"],
  ["start", "lab"],
  ["wait", "lab"],
  ["wait", "lab", "--for", "stopped", "--timeout", "0.2s"],
  ["delete", "lab"],
  ["zones"],
  ...resourceKinds.flatMap((kind) => [
    [kind, "list"],
    [kind, "show", "lab"],
    [kind, "delete", "lab"],
  ]),
  ["volume", "resize", "lab", "2GB"],
  ["volume", "attach", "lab", "lab"],
  ["volume", "detach", "lab"],
  ["network", "create", "lab"],
  ["firewall", "create", "lab"],
  ["volume", "create", "lab", "1GB"],
  ["key", "create", "lab", publicKey],
];

const tamely: Awaited<ReturnType<typeof mayfly>>[] = [];
for (const line of SHOWING) tamely.push(await inAWorldOf("tame", line));

// Colours of ours, and how a moving line is drawn anew.
const ESCAPE = "\u001B";
const OURS = new RegExp(`${ESCAPE}\\[(?:1|2|22|31|32|33|36|39)m|\\r${ESCAPE}\\[2K`, "g");

/** @param second what somebody else would have a line begin with */
function expectTame(where: string, written: { out: string; err: string }, second = ""): void {
  const lines = `${written.out}${written.err}`.split("\n");
  if (second !== "") assert.ok(!lines.some((line) => line.startsWith(second)), `${where}: ${written.err}`);
  for (const [stream, text] of Object.entries(written))
    if (typeof text === "string") expectPlain(`${where}: ${stream}`, text.replaceAll(OURS, ""), "\n");
}

for (const [what, text] of Object.entries(hostileTexts)) {
  test(`no command shows what the terminal would obey of a text that ${what}`, async () => {
    for (const [at, line] of SHOWING.entries()) {
      const tame = tamely[at]!;
      const hostile = await inAWorldOf(text, line);
      expectTame(line.join(" "), hostile);
      assert.equal(hostile.code, tame.code, `${line.join(" ")}: ${hostile.err}`);
      assert.equal(linesOf(hostile.out), linesOf(tame.out), `${line.join(" ")} has lines of somebody else's`);
      assert.equal(
        coloursIn(hostile.out),
        coloursIn(tame.out),
        `${line.join(" ")} has colours of somebody else's`,
      );
    }
  });

  test(`a refusal with a text that ${what} is told and not obeyed`, async () => {
    for (const code of ["invalid", "refused", "unavailable", "not_found"] as const) {
      const problem = { path: text, message: text, suggestion: text };
      const lines = code === "refused" ? resourceKinds.map((kind) => [kind, "show", "lab"]) : [];
      for (const line of [["create"], ...lines]) {
        commands.nextError = new RequestProblem(code, text, [problem]);
        const { err, ...rest } = await mayfly(...line);
        expectTame(`${line.join(" ")}: ${code}`, { err, ...rest });
        assert.ok(linesOf(err) <= 4, err);
      }
    }
  });

  test(`an argument that ${what} is told and not obeyed`, async () => {
    // No argument has a zero byte.
    const word = text.replaceAll("\0", "");
    for (const line of [
      [word],
      ["help", word],
      ["status", word],
      ["extend", word, "30m"],
      ["extend", "lab", word],
      ["extend", "lab", `--until=${word}`],
      ["wait", "lab", `--for=${word}`, `--timeout=${word}`],
      ["list", word],
      ["list", `--${word}`],
      ["events", word, `--after=${word}`],
      ["service", word],
      ["service", `--port=${word}`, `--log-level=${word}`],
      ["create", `--name=${word}`, `--type=${word}`, `--image=${word}`, `--zone=${word}`, `--tag=${word}`],
      ["create", `--account=${word}`],
      ["create", `--security-group=${word}`],
      [
        "create",
        `--idempotency-key=${word}`,
        `--lifetime=${word}`,
        `--root-volume=${word}`,
        `--on-expiry=${word}`,
      ],
      ["create", `--user-data=${word}`],
      ["types", `--zone=${word}`, `--account=${word}`],
      ["zones", `--account=${word}`],
      ["create", `--network=${word}`, `--firewall=${word}`, `--volume=${word}`, `--ssh-key=${word}`],
      ["create", `--volume=data:${word}`, `--volume=${word}:20GB`],
      // What they make of their other arguments, cli/resources.test.ts asks.
      ["network", "create", "lab", `--vpc=${word}`, `--account=${word}`],
      ["firewall", "create", "lab", `--allow=tcp:22@${word}`],
      ["volume", "resize", "lab", word],
      ["volume", "resize", word, "2GB", `--zone=${word}`],
      ["volume", "attach", word, word],
      ["volume", "detach", word, `--zone=${word}`],
    ])
      expectTame(line.join(" ").slice(0, 60), await mayfly(...line), word.split("\n")[1]);
  });

  test(`for programs, a text that ${what} arrives as it is`, async () => {
    aHostileWorld(text);
    for (const line of [
      ["status", "lab"],
      ["list"],
      ["images"],
      ["doctor"],
      ["zones"],
      ...resourceKinds.flatMap((kind) => [
        [kind, "list"],
        [kind, "show", "lab"],
      ]),
    ]) {
      const { out } = await mayfly(...line, "--json");
      expectPlain(line.join(" "), out, "\n");
      assert.equal(linesOf(out), 1);
    }
    const { tags, lastError } = JSON.parse((await mayfly("status", "lab", "--json")).out) as {
      tags: string[];
      lastError: { message: string };
    };
    assert.deepEqual([tags, lastError.message], [[text, text], text]);
    for (const kind of resourceKinds) {
      const { name, place } = JSON.parse((await mayfly(kind, "show", "lab", "--json")).out) as Named;
      assert.deepEqual({ name, place }, { name: text, place: text });
    }
  });
}

interface Named {
  name: string;
  place: string;
}

const linesOf = (text: string): number => text.split("\n").length - 1;
const coloursIn = (text: string): number => text.split(ESCAPE).length;
