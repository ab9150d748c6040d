import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { noPython } from "../../../testing/no-python.ts";
import { partsOfMessage } from "../../../testing/parts-of-message.ts";
import { consoleReporter } from "./console-reporter.ts";
import { failsafe } from "./failsafe.ts";
import { guestUserData, userDataProblem } from "./guest-user-data.ts";

const skip = noPython();
const KEYS = ["ssh-ed25519 AAAA1 ada", "ssh-ed25519 AAAA2 eve"].map((publicKey, at) => ({
  name: `key-${at}`,
  publicKey,
}));
const plain = { ready: "cloud" } as const;
/** It does not compress to much less. */
const noise = (bytes: number) =>
  Array.from({ length: bytes / 32 }, (_, at) => createHash("md5").update(`${at}`).digest("hex")).join("");

test("user data that nothing is joined to is what the user gave, and one key goes in without it", () => {
  for (const userData of ["#cloud-config\n", "{}", "<powershell>"])
    assert.equal(guestUserData({ ...plain, userData, sshKeys: KEYS.slice(0, 1) })?.toString(), userData);
  assert.equal(guestUserData(plain), undefined);
});

test(
  "the failsafe and the reporter run before the user's part, the keys are merged into it after",
  { skip },
  () => {
    const userData = "#cloud-config\nssh_authorized_keys: [ssh-rsa OWN]\n";
    const spec = { userData, ready: "cloud-init", failsafe: true, sshKeys: KEYS } as const;
    const hook = { type: "text/cloud-boothook", mergeType: null };
    const [guard, report, own, keys, ...others] = partsOfMessage(guestUserData(spec, { notBeforeS: 7 })!);
    assert.deepEqual(guard, { ...hook, name: "mayfly-failsafe", text: failsafe({ notBeforeS: 7 }) });
    assert.deepEqual(report, { ...hook, name: "mayfly-report", text: consoleReporter() });
    assert.deepEqual([own?.type, own?.name, own?.text], ["text/x-not-multipart", "part-001", userData]);
    assert.deepEqual(others, []);
    assert.equal(keys?.type, "text/cloud-config");
    // Else the later part's list would take the place of the user's.
    assert.match(keys.mergeType!, /^list[(]append[)][+]dict[(]no_replace,recurse_list[)]/);
    assert.deepEqual(JSON.parse(keys.text.replace("#cloud-config\n", "")), {
      ssh_authorized_keys: KEYS.map(({ publicKey }) => publicKey),
    });
  },
);

test("a message of the user's own keeps its parts between ours", { skip }, () => {
  const own =
    'Content-Type: multipart/mixed; boundary="B"\nMIME-Version: 1.0\n\n--B\nContent-Type: text/cloud-config\n\n#cloud-config\n--B--\n';
  const spec = { ...plain, userData: own, failsafe: true, sshKeys: KEYS };
  assert.deepEqual(
    partsOfMessage(guestUserData(spec)!).map(({ type, name }) => [type, name]),
    [
      ["text/cloud-boothook", "mayfly-failsafe"],
      ["text/cloud-config", null],
      ["text/cloud-config", "mayfly-keys"],
    ],
  );
});

test("each of them comes alone where it alone is asked for, with no user data too", { skip }, () => {
  for (const [spec, name] of [
    [{ ...plain, failsafe: true }, "mayfly-failsafe"],
    [{ ready: "cloud-init" }, "mayfly-report"],
    [{ ...plain, sshKeys: KEYS }, "mayfly-keys"],
  ] as const)
    assert.deepEqual(
      partsOfMessage(guestUserData(spec)!).map((part) => part.name),
      [name],
    );
});

test(
  "what we joined and is too long goes compressed, and is told when even that does not fit",
  { skip },
  () => {
    const spec = { ...plain, failsafe: true };
    const long = `#!/bin/sh\n# ${"a long story, ".repeat(3_000)}\n`;
    const sent = guestUserData({ ...spec, userData: long })!;
    assert.ok(sent.length <= 16_384);
    assert.equal(partsOfMessage(sent)[1]?.text, long);
    assert.deepEqual(guestUserData({ ...spec, userData: long }), sent);
    assert.equal(userDataProblem({ ...spec, userData: long }), undefined);
    assert.match(
      userDataProblem({ ...spec, userData: `#!/bin/sh\n# ${noise(48_000)}` })!.message,
      /^user data has \d+ bytes with mayfly-failsafe, compressed, at most 16384 fit$/,
    );
    assert.equal(
      userDataProblem({ ...plain, userData: long })?.message,
      `user data has ${long.length} bytes, at most 16384 fit`,
    );
  },
);

test("user data for something else than cloud-init is joined with nothing", () => {
  for (const userData of ["<powershell>\n", '{"ignition":{}}', "[settings]\n"]) {
    assert.equal(userDataProblem({ ...plain, userData }), undefined);
    const { message, suggestion } = userDataProblem({ ...plain, userData, failsafe: true })!;
    assert.match(message, /not for cloud-init cannot be joined with mayfly-failsafe$/);
    assert.match(suggestion!, /--no-failsafe/);
  }
  for (const userData of [
    undefined,
    "",
    "\n#cloud-config\n",
    "## template: jinja\n",
    "MIME-Version: 1.0\n\n",
  ])
    assert.equal(userDataProblem({ ready: "cloud-init", failsafe: true, userData }), undefined);
});
