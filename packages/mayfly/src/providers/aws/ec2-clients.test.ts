import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { createEc2Clients } from "./ec2-clients.ts";

const EMPTY = `<DescribeInstancesResponse><reservationSet/><requestId>r</requestId></DescribeInstancesResponse>`;
const KEY = { Version: 1, AccessKeyId: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "wJalrXUtnFEMI" };

/** A profile whose credentials a program says, and clients of it. */
function aProfile(t: TestContext, program: (folder: string) => string) {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-aws-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, "config");
  writeFileSync(config, `[profile lab]\ncredential_process = ${join(folder, "program")}\n`);
  writeFileSync(join(folder, "program"), `#!/bin/sh\n${program(folder)}\n`, { mode: 0o755 });
  const before = process.env["AWS_CONFIG_FILE"];
  process.env["AWS_CONFIG_FILE"] = config;
  t.after(() => {
    if (before === undefined) delete process.env["AWS_CONFIG_FILE"];
    else process.env["AWS_CONFIG_FILE"] = before;
  });
  const signed: (string | null)[] = [];
  const fetch = async ({ headers }: Request) => {
    signed.push(headers.get("authorization"));
    return new Response(EMPTY);
  };
  const clock = createVirtualClock();
  const credentials = { profile: "lab" };
  const clients = createEc2Clients({
    credentials,
    clock,
    fetch: { read: fetch, create: fetch, delete: fetch },
  });
  return { folder, clock, signed, client: () => clients("read", "us-east-1") };
}

test("a profile's credentials are found by the SDK, and sign what is asked", async (t) => {
  const { client, signed } = aProfile(t, () => `echo '${JSON.stringify(KEY)}'`);
  await (await client()).describeInstances({});
  assert.match(signed[0]!, /Credential=AKIAIOSFODNN7EXAMPLE\//);
});

test(
  "credentials that nobody brings are waited for so long and no longer",
  { timeout: 60_000 },
  async (t) => {
    const { client, clock, folder, signed } = aProfile(
      t,
      (here) => `while [ -e ${here} ]; do sleep 0.1; done`,
    );
    const given = assert.rejects((await client()).describeInstances({}), /no credentials within 60 s/);
    while (clock.nextAt() === undefined) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(60_000);
    await given;
    assert.deepEqual(signed, []);
    rmSync(folder, { recursive: true });
  },
);
