import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { InstanceView } from "./api/instance-view.ts";
import { createEc2Clients } from "./providers/aws/ec2-clients.ts";
import { aPublicKey } from "./testing/a-public-key.ts";
import { startChild } from "./testing/child.ts";
import { eventually } from "./testing/eventually.ts";
import { startMoto } from "./testing/moto.ts";
import { processScene } from "./testing/process-scene.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const KEY = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" };
/** A sweep is due every minute; what is removed after one is removed after two. */
const SWEEPS_MS = 180_000;

test(
  "the Instance Manager's commands do on EC2 what they say, and nothing is left in the end",
  { skip },
  async (t) => {
    const { home, startService } = processScene(t);
    const env = { ...KEY, AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: moto!.url };
    const credentials = { accessKeyId: KEY.AWS_ACCESS_KEY_ID, secretAccessKey: KEY.AWS_SECRET_ACCESS_KEY };
    const direct = (request: Request) => fetch(request);
    const via = { read: direct, create: direct, delete: direct };
    const console = await createEc2Clients({ credentials, endpoint: moto!.url, fetch: via })(
      "read",
      "us-east-1",
    );
    const account = { provider: "aws", zone: "us-east-1a", credentials: "env", visibilityGapMs: 1_000 };
    writeFileSync(join(home, "config.json"), JSON.stringify({ accounts: { aws: account } }), { mode: 0o600 });
    let service = await startService({ env });
    await service.answers();
    // A service sweeps when it starts: what waits for a sweep need not wait for a minute.
    const sweepNow = async () => {
      await service.kill();
      service = await startService({ env });
      await service.answers();
    };
    const publicKey = join(home, "id.pub");
    writeFileSync(publicKey, `${aPublicKey()} me@here\n`);

    const mayfly = async <Answer>(...args: string[]): Promise<Answer> => {
      const child = startChild("run-mayfly.ts", {
        args: [...args, "--json"],
        env: { ...env, HOME: home, MAYFLY_HOME: home },
      });
      const { code } = await child.ended;
      assert.equal(code, 0, `${args.join(" ")}: ${child.out()}${child.err()}`);
      return JSON.parse(child.out()) as Answer;
    };
    const all = async () =>
      ((await console.describeInstances({})).Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    const stateOf = async (id: string) =>
      (await all()).find(({ InstanceId }) => InstanceId === id)?.State?.Name;
    const becomes = (id: string, state: string) =>
      eventually(async () => assert.equal(await stateOf(id), state), { boundMs: SWEEPS_MS, everyMs: 500 });

    // 1. options before the command, too
    const made = await mayfly<InstanceView>(
      "im",
      "--verbose",
      "-d",
      "20s",
      "create",
      "--public-key",
      publicKey,
    );
    assert.deepEqual([made.type, made.zone, made.onExpiry], ["t2.nano", "us-east-1a", "stop"]);
    const kept = ["--on-expiry", "stop", "--retain", "10s", "--lifetime", "15s", "--name", "kept"];
    await mayfly("create", "--provider", "aws", ...kept);
    const running = await eventually(
      async () => {
        const seen = await mayfly<InstanceView>("im", "status", "--instance-id", made.name);
        assert.equal(seen.phase, "running");
        return seen;
      },
      { boundMs: 60_000 },
    );
    const machine = running.machineId!;
    assert.match(machine, /^i-/);
    // Its type, its address, and its disk, whose size the image says.
    assert.deepEqual([running.cost?.currency, running.cost?.unpriced], ["USD", undefined]);
    assert.ok(running.cost!.microsPerHour > 5_800 + 5_000, JSON.stringify(running.cost));
    const { instances } = await mayfly<{ instances: InstanceView[] }>("im", "list");
    assert.equal(instances.length, 2);

    // 2. extended by the cloud's id, stopped by its deadline, extended and running again
    const extended = await mayfly<InstanceView>("im", "extend", "--instance-id", machine, "--duration", "5s");
    assert.ok(Date.parse(extended.expiresAt) > Date.parse(running.expiresAt));
    await becomes(machine, "stopped");
    assert.ok(Date.now() >= Date.parse(extended.expiresAt));
    await mayfly("im", "extend", "--instance-id", made.id, "--duration", "20m");
    await becomes(machine, "running");

    // 3. the other one was kept for its retention, and is gone
    await eventually(
      async () => assert.equal((await all()).filter(({ State }) => State?.Name === "terminated").length, 1),
      {
        boundMs: SWEEPS_MS,
        everyMs: 500,
      },
    );

    // 4. somebody stops it by hand: that is told, and put right
    await eventually(async () => assert.equal((await service.client.get(made.id)).phase, "running"), {
      boundMs: SWEEPS_MS,
    });
    await console.stopInstances({ InstanceIds: [machine] });
    await sweepNow();
    await becomes(machine, "running");
    const { lastDrift } = await mayfly<InstanceView>("im", "status", "--instance-id", made.id);
    assert.equal(
      lastDrift?.reason,
      `machine ${machine} was found stopped, and is to run: it is started again`,
    );

    // 5. stopped by command, and deleted
    await mayfly("im", "stop", "--instance-id", machine);
    await becomes(machine, "stopped");
    await mayfly("delete", machine);
    await becomes(machine, "terminated");
    await eventually(async () => assert.equal((await service.client.get(made.id)).phase, "deleted"), {
      boundMs: SWEEPS_MS,
    });
    await sweepNow();
    await eventually(
      async () => {
        const [volumes, cards, keys] = await Promise.all([
          console.describeVolumes({}),
          console.describeNetworkInterfaces({}),
          console.describeKeyPairs({}),
        ]);
        assert.deepEqual([volumes.Volumes, cards.NetworkInterfaces, keys.KeyPairs], [[], [], []]);
      },
      { boundMs: 2 * SWEEPS_MS, everyMs: 1_000 },
    );
    const doctor = await mayfly<{
      accounts: { name: string; provider: string }[];
      checks: { ok: boolean }[];
    }>("doctor");
    assert.deepEqual(
      doctor.accounts.map(({ name, provider }) => [name, provider]),
      [["aws", "aws"]],
    );
    assert.ok(doctor.checks.every(({ ok }) => ok));
  },
);
