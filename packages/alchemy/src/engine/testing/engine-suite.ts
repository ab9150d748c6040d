import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { createEmulator } from "@mayfly/emulator";
import { bucket } from "../../resources/bucket.ts";
import { functionNamespace } from "../../resources/function-namespace.ts";
import { iamSshKey } from "../../resources/iam-ssh-key.ts";
import { instance } from "../../resources/instance/instance.ts";
import { instanceIp } from "../../resources/instance-ip.ts";
import { securityGroup } from "../../resources/security-group.ts";
import { vpc } from "../../resources/vpc.ts";
import { PROJECT } from "../../testing/emulated-cloud.ts";
import { adapt } from "../adapt.ts";
import { aStage, Died } from "./stage.ts";
import type { Stage } from "./stage.ts";

const SECRET = "11111111-2222-4333-8444-555555555555";

test("a process that destroys ends with 1 when something could not be deleted, and with 0 when all is gone", async () => {
  const emulator = createEmulator({ secretKey: SECRET, projectId: PROJECT });
  const { url, close } = await emulator.listen({ port: 0 });
  const folder = mkdtempSync(join(tmpdir(), "mayfly-alchemy-"));
  const run = async (...args: string[]) => {
    const env = {
      PATH: process.env["PATH"],
      HOME: folder,
      SCW_API_URL: url,
      SCW_ACCESS_KEY: "SCWABCDEFGHIJKLMNOPQ",
      SCW_SECRET_KEY: SECRET,
      SCW_DEFAULT_PROJECT_ID: PROJECT,
    };
    const program = join(import.meta.dirname, "run-stage.ts");
    const words = ["-C", "source", program, folder, ...args];
    return promisify(execFile)(process.execPath, words, { env, timeout: 60_000 }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        said: error.stdout + error.stderr,
      }),
    );
  };
  try {
    assert.equal((await run()).code, 0);
    const refused = {
      kind: "status",
      status: 403,
      body: { message: "not yours", type: "permissions_denied" },
    };
    emulator.faults.add({ match: { operation: "deleteVPC" }, effect: refused as never });
    const failed = await run("--destroy");
    assert.equal(failed.code, 1, failed.said);
    assert.match(failed.said, /delete VPC app\/dev\/main: .*403 permissions_denied: not yours/);

    emulator.faults.clear();
    const done = await run("--destroy");
    assert.equal(done.code, 0, done.said);
    assert.deepEqual(emulator.leftovers().others, []);
  } finally {
    await close();
    rmSync(folder, { recursive: true });
  }
});

test("of many that are replaced at the same time, every old one goes", async () => {
  const stage = aStage();
  const SecurityGroup = adapt(securityGroup, stage.connect);
  const Vpc = adapt(vpc, stage.connect);
  const program = (zone: string, region: string) => () =>
    Promise.all([
      ...Array.from({ length: 5 }, (_, index) => SecurityGroup(`group-${index}`, { zone })),
      ...Array.from({ length: 5 }, (_, index) => Vpc(`vpc-${index}`, { region })),
    ]);
  await stage.up(program("fr-par-1", "fr-par"));
  await stage.up(program("nl-ams-1", "nl-ams"));
  assert.equal(stage.left().length, 10);
  await stage.down();
  assert.deepEqual(stage.left(), []);
  stage.close();
});

test("what was made with a thing is destroyed before it, in whatever order the engine goes", async () => {
  const stage = aStage();
  const SecurityGroup = adapt(securityGroup, stage.connect);
  const Instance = adapt(instance, stage.connect);
  const Vpc = adapt(vpc, stage.connect);
  const program = (size: string, before: number) => async () => {
    for (let index = 0; index < before; index += 1) await Vpc(`vpc-${index}`);
    const group = await SecurityGroup("group", {});
    await Instance("web", { securityGroup: group, tags: [size] });
  };
  await stage.up(program("small", 3));
  // What was before is gone: the instance gets a lower number than the group, which is skipped, kept.
  await stage.up(program("large", 0));
  await stage.down();
  assert.deepEqual(stage.left(), []);
  assert.ok(
    stage.calls.filter((call) => call.startsWith("DELETE") && call.includes("security_groups")).length === 1,
  );
  stage.close();
});

test("what comes later in the program and names an instance stays when the instance has to go before its replacement", async () => {
  const stage = aStage();
  const Instance = adapt(instance, stage.connect);
  const InstanceIp = adapt(instanceIp, stage.connect);
  const Vpc = adapt(vpc, stage.connect);
  const program = (image: string) => async () => {
    const web = await Instance("web", { image, publicIps: [await InstanceIp("front")] });
    return { web: web.id, after: (await Vpc("after", { tags: [web.id] })).id };
  };
  const before = await stage.up(program("ubuntu_noble"));
  const now = await stage.up(program("debian_bookworm"));
  assert.notEqual(now.web, before.web);
  assert.equal(now.after, before.after);
  await stage.down();
  assert.deepEqual(stage.left(), []);
  stage.close();
});

test("a bucket and a function namespace have names that they may have, whatever the stage and the id are", async () => {
  const stage = aStage("Ada_L");
  const program = () =>
    Promise.all([
      adapt(bucket, stage.connect)("userUploads"),
      adapt(functionNamespace, stage.connect)("userJobs"),
    ]);
  const made = await stage.up(program);
  assert.deepEqual(
    made.map(({ name }) => name),
    ["app-useruploads-ada-l", "app-userjobs-ada-l"],
  );
  await stage.down();
  assert.deepEqual(stage.left(), []);
  stage.close();
});

test("a name that a replaced resource gave up belongs to the one that took it", async () => {
  const stage = aStage();
  const IamSshKey = adapt(iamSshKey, stage.connect);
  const key = (letter: string) => `ssh-ed25519 ${"AAAAC3NzaC1lZDI1NTE5AAAAI".padEnd(68, letter)}`;
  const first = (name: string, letter: string) => IamSshKey("first", { name, publicKey: key(letter) });
  const second = () => IamSshKey("second", { name: "one", publicKey: key("C") });
  await stage.up(() => first("one", "A"));
  await stage.up(() => first("two", "B"));
  await stage.up(() => Promise.all([first("two", "B"), second()]));
  await stage.up(() => Promise.all([first("three", "B"), second()]));
  assert.deepEqual(stage.left().sort(), ["sshKey one", "sshKey three"]);
  await stage.down();
  assert.deepEqual(stage.left(), []);
  stage.close();
});

test("a firewall and the instance behind it that are replaced while the run dies go on, or back, and nothing is left", async () => {
  const moved = (zone: string) => (stage: Stage) => async () => {
    const group = await adapt(securityGroup, stage.connect)("group", { zone });
    await adapt(instance, stage.connect)("web", { zone, securityGroup: group });
  };
  const [here, there] = [moved("fr-par-1"), moved("fr-par-2")];
  const whole = aStage();
  await whole.up(here(whole));
  await whole.up(there(whole));
  const { length } = whole.calls;
  whole.close();
  for (let diesAfter = 2; diesAfter < length; diesAfter += 3) {
    const stage = aStage();
    await stage.up(here(stage));
    await assert.rejects(stage.up(there(stage), { diesAfter }), Died);
    await stage.up(diesAfter % 2 === 0 ? there(stage) : here(stage));
    assert.equal(stage.left().length, 3, `died after call ${diesAfter}: ${stage.left().join(", ")}`);
    await stage.down();
    assert.deepEqual(stage.left(), [], `died after call ${diesAfter}`);
    stage.close();
  }
});

test("what an interrupted run wanted replaced, and stays, is not deleted at the end", async () => {
  const stage = aStage();
  const Vpc = adapt(vpc, stage.connect);
  const first = await stage.up(() => Vpc("main"));
  // Up to the POST of the new one.
  await assert.rejects(stage.up(() => Vpc("main", { region: "nl-ams" }), { diesAfter: 4 }));
  assert.equal(stage.left().length, 2);
  const kept = await stage.up(() => Vpc("main"));
  assert.equal(kept.id, first.id);
  assert.deepEqual(stage.left(), ["vpc app-main-dev"]);
  stage.close();
});

test("a bucket that is not empty is deleted when that was said, and not before", async () => {
  const stage = aStage();
  const Bucket = adapt(bucket, stage.connect);
  await stage.up(() => Bucket("assets", { name: "shop-assets", versioning: true }));
  const authorization =
    "AWS4-HMAC-SHA256 Credential=SCWABCDEFGHIJKLMNOPQ/20310101/fr-par/s3/aws4_request, SignedHeaders=host, Signature=0";
  for (const body of ["first", "second"]) {
    const init = { method: "PUT", headers: { authorization }, body };
    const answer = await stage.cloud.emulator.fetch("https://shop-assets.s3.fr-par.scw.cloud/a.txt", init);
    assert.equal(answer.status, 200);
  }
  await assert.rejects(stage.down(), /bucket shop-assets is not empty; .*empty: true/);
  assert.deepEqual(stage.left(), ["bucket shop-assets"]);
  await stage.up(() => Bucket("assets", { name: "shop-assets", versioning: true, empty: true }));
  await stage.down();
  assert.deepEqual(stage.left(), []);
  stage.close();
});

test("a secret is in no file of the state and in no message", async () => {
  const stage = aStage();
  const Instance = adapt(instance, stage.connect);
  const cloudInit = { type: "secret", unencrypted: "password: open-sesame" } as const;
  await stage.up(() => Instance("web", { cloudInit, userData: { other: cloudInit } }));
  const files = readdirSync(stage.folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(stage.folder, name))
    .filter((path) => statSync(path).isFile());
  assert.ok(files.length > 0);
  for (const file of files) assert.doesNotMatch(readFileSync(file, "utf8"), /open-sesame/, file);
  const server = await stage.cloud.call<{ servers: { id: string }[] }>(
    "GET",
    "/instance/v1/zones/fr-par-1/servers",
  );
  const refused = stage.up(
    () => Instance("web", { cloudInit: { ...cloudInit, unencrypted: "open-sesame 2" } }),
    {
      through: (next) => (request) =>
        request.method === "PATCH" && request.url.includes("user_data")
          ? Promise.reject(new Error("open-sesame 2 is lost"))
          : next(request),
    },
  );
  assert.equal(server.servers.length, 1);
  await assert.rejects(
    refused,
    (error: Error) => !/open-sesame/.test(JSON.stringify([error.message, error.cause, error.stack])),
  );
  await stage.down();
  assert.deepEqual(stage.left(), []);
  stage.close();
});
