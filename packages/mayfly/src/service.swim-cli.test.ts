import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { socketPath } from "./client/socket-path.ts";
import { startChild } from "./testing/child.ts";
import type { CloudProcess } from "./testing/cloud-process.ts";
import { nothingIsLeft } from "./testing/load.ts";
import { processScene } from "./testing/process-scene.ts";
import { redisOrSkip, startRedis } from "./testing/redis-server.ts";
import { SERVERS } from "./testing/somebody-elses.ts";
import { swimOrder } from "./testing/swim-world.ts";

const found = redisOrSkip();
const skip = "skip" in found ? found.skip : false;
const CLOUD_INIT = "#cloud-config\n# {{ .WebUsername }} $(id) ${HOME}\n";

/** A command of SWIM's in a folder that has a cloud-init file. */
async function swim(home: string, cloud: CloudProcess, words: readonly string[]) {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "cloud-init.yml"), CLOUD_INIT);
  const env = { ...cloud.env, HOME: home, MAYFLY_HOME: home };
  const child = startChild("run-mayfly.ts", { args: words, env, cwd: home });
  const { code } = await child.ended;
  return { code, out: child.out(), err: child.err() };
}

/** What was asked of the cloud that makes or changes something. */
async function changes(cloud: CloudProcess): Promise<string[]> {
  const { byOperation } = await cloud.calls();
  return Object.keys(byOperation).filter((name) =>
    /^(create|update|delete|set|server?Action|attach)/i.test(name),
  );
}

test(
  "one order makes one machine as it was asked for, and prints its name, id and address",
  { timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const service = await scene.startService({ env: cloud.env });
    await service.answers();
    const { code, out, err } = await swim(scene.home, cloud, [
      "--interactive",
      swimOrder({ ServerName: "Lab 7!" }),
    ]);
    assert.equal(code, 0, err);
    const { servers } = await cloud.call<{
      servers: {
        id: string;
        name: string;
        tags: string[];
        state: string;
        public_ips: { address: string; family: string }[];
      }[];
    }>("GET", SERVERS);
    const [server] = servers;
    assert.ok(server);
    assert.deepEqual([servers.length, server.name, server.state], [1, "Lab 7!", "running"]);
    assert.deepEqual(
      server.public_ips.map(({ family }) => family),
      ["inet6"],
    );
    assert.equal(out, `name     Lab 7!\nid       ${server.id}\naddress  ${server.public_ips[0]!.address}\n`);
    for (const tag of ["webuser:ada", "labid:7"]) assert.ok(server.tags.includes(tag), tag);
    // As it stands in the file: nothing in it is carried out.
    assert.equal(await cloud.read(`${SERVERS}/${server.id}/user_data/cloud-init`), CLOUD_INIT);

    const json = await swim(scene.home, cloud, [
      "--json",
      "--interactive",
      swimOrder({ ServerName: "Lab 7!" }),
    ]);
    assert.equal(json.code, 0, json.err);
    const { provisioned_at, deletion_at, ...other } = JSON.parse(json.out) as Record<string, string>;
    assert.equal(Date.parse(deletion_at!) - Date.parse(provisioned_at!), 3_600_000);
    assert.deepEqual([other["name"], other["state"]], ["Lab 7!", "running"]);
    assert.notEqual(other["id"], server.id);
  },
);

test(
  "an order that the cloud refuses fails with all its faults, and makes nothing",
  { timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const service = await scene.startService({ env: cloud.env });
    await service.answers();
    const wrong = swimOrder({ ServerType: "DEV1-Z", ImageID: "ubuntu_jamy", SecurityGroupName: "none" });
    const { code, err } = await swim(scene.home, cloud, ["--interactive", wrong]);
    assert.equal(code, 2);
    for (const message of [/DEV1-Z is unknown/, /ubuntu_jamy is unknown/, /none is unknown/])
      assert.match(err, message);
    assert.deepEqual(await changes(cloud), []);
  },
);

test(
  "a dry run tells what would be made and what it costs, and leaves no trace",
  { timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud({ secretKey: "22222222-2222-4333-8444-555555555555" });
    const home = join(scene.home, "dry");
    const good = await swim(home, cloud, ["--dry-run", "--interactive", swimOrder({ TTLMinutes: 90 })]);
    assert.equal(good.code, 0, good.err);
    assert.match(good.out, /lab would be made: DEV1-S with ubuntu_jammy in fr-par-1, security group default/);
    assert.match(good.out, /for 90 minutes, \d+ bytes of cloud-init, tags webuser:ada labid:7/);
    assert.match(good.out, /cost .*: 0[.]0\d+ EUR/);
    const wrong = swimOrder({ ServerType: "DEV1-Z", ImageID: "ubuntu_jamy", CloudInitFile: "absent" });
    const bad = await swim(home, cloud, ["--dry-run", "--json", "--interactive", wrong]);
    assert.equal(bad.code, 1);
    const { problems } = JSON.parse(bad.out) as { problems: { path: string }[] };
    assert.deepEqual(problems.map(({ path }) => path).toSorted(), ["CloudInitFile", "ImageID", "ServerType"]);
    const keys = { ...cloud, env: { ...cloud.env, SCW_SECRET_KEY: "99999999-2222-4333-8444-555555555555" } };
    const stranger = await swim(home, keys, ["--dry-run", "--interactive", swimOrder()]);
    assert.equal(stranger.code, 1);
    assert.deepEqual(await changes(cloud), []);
    await nothingIsLeft(cloud);
    assert.equal(existsSync(join(home, "mayfly.db")), false);
  },
);

test(
  "a dry run over a queue judges what waits there, and takes nothing",
  { skip, timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const redis = await startRedis("program" in found ? found.program : "");
    t.after(() => redis.stop());
    const app = await redis.client();
    const orders = [swimOrder({ ServerName: "first" }), "bad", swimOrder({ ServerName: "second" })];
    await app.rPush("swim:provision:queue", orders);
    const words = ["--dry-run", "--redis", `127.0.0.1:${redis.port}`];
    const { code, out } = await swim(join(scene.home, "dry"), cloud, words);
    assert.equal(code, 1);
    assert.match(
      out,
      /^first would be made[^]*an order could not be made:\n {2}the payload is not JSON\nsecond would be made/,
    );
    assert.deepEqual(await app.lRange("swim:provision:queue", 0, -1), orders);
    assert.deepEqual(await app.keys("*"), ["swim:provision:queue"]);
    assert.deepEqual(await changes(cloud), []);
  },
);

test(
  "a second installation on the same queue does not start, and says who has it; nor does a wrong password",
  { skip, timeout: 120_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const redis = await startRedis("program" in found ? found.program : "", ["--requirepass", "secret"]);
    t.after(() => redis.stop());
    const words = ["--redis", `127.0.0.1:${redis.port}`];
    const wrong = await swim(scene.home, cloud, words);
    assert.deepEqual([wrong.code, /NOAUTH|WRONGPASS/.test(wrong.err)], [2, true], wrong.err);
    const env = { ...cloud.env, REDIS_PASSWORD: "secret" };
    const service = await scene.startService({ env, words: [...words, "--json", "--verbose"] });
    await service.answers();
    const other = await swim(join(scene.home, "other"), { ...cloud, env }, words);
    assert.equal(other.code, 4, other.err);
    assert.match(
      other.err,
      /installation [0-9a-z]{16} on \S+ \(pid \d+, since .*\) takes from swim:provision:queue already/,
    );
    service.signal("SIGTERM");
    assert.deepEqual(await service.ended, { code: 0, signal: null });
    assert.doesNotMatch(`${service.out()}${service.err()}`, /secret/);
  },
);

test(
  "a service of SWIM's that cannot listen says so and ends, and holds no queue",
  { skip, timeout: 30_000 },
  async (t) => {
    const scene = processScene(t);
    const cloud = await scene.startCloud();
    const redis = await startRedis("program" in found ? found.program : "");
    t.after(() => redis.stop());
    const home = join(scene.home, "blocked");
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(await socketPath(home, { ...cloud.env, HOME: home }), "no socket");
    const { code, err } = await swim(home, cloud, ["--redis", `127.0.0.1:${redis.port}`]);
    assert.equal(code, 1);
    assert.match(err, /there is a file that is no socket/);
    assert.deepEqual(await (await redis.client()).keys("*"), []);
  },
);
