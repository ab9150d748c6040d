import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { InstanceView } from "./api/instance-view.ts";
import { systemClock } from "./clock.ts";
import { createEc2Clients } from "./providers/aws/ec2-clients.ts";
import { aPublicKey } from "./testing/a-public-key.ts";
import { startChild } from "./testing/child.ts";
import { eventually } from "./testing/eventually.ts";
import { openEc2Door } from "./testing/ec2-door.ts";
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
    const door = await openEc2Door(moto!.url, { account: "123456789012", takesMs: 200 });
    t.after(() => door.close());
    const env = { ...KEY, AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: door.url };
    const credentials = { accessKeyId: KEY.AWS_ACCESS_KEY_ID, secretAccessKey: KEY.AWS_SECRET_ACCESS_KEY };
    const via = { read: door.past, create: door.past, delete: door.past };
    const console = await createEc2Clients({
      credentials,
      endpoint: moto!.url,
      clock: systemClock,
      fetch: via,
    })("read", "us-east-1");
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
    const owned = async () => {
      const [{ KeyPairs = [] }, { SecurityGroups = [] }, { Volumes = [] }, cards, { Addresses = [] }] =
        await Promise.all([
          console.describeKeyPairs({}),
          console.describeSecurityGroups({}),
          console.describeVolumes({}),
          console.describeNetworkInterfaces({}),
          console.describeAddresses({}),
        ]);
      return {
        keys: KeyPairs.map(({ KeyPairId }) => KeyPairId),
        // What a new account has is not ours.
        groups: SecurityGroups.filter(({ GroupName }) => GroupName !== "default").map(
          ({ GroupId }) => GroupId,
        ),
        volumes: Volumes.map(({ VolumeId }) => VolumeId),
        cards: (cards.NetworkInterfaces ?? []).map(({ NetworkInterfaceId }) => NetworkInterfaceId),
        addresses: Addresses.map(({ AllocationId }) => AllocationId),
      };
    };
    const stateOf = async (id: string) =>
      (await all()).find(({ InstanceId }) => InstanceId === id)?.State?.Name;
    const becomes = (id: string, state: string) =>
      eventually(async () => assert.equal(await stateOf(id), state), { boundMs: SWEEPS_MS, everyMs: 500 });

    const phaseIs = (id: string, phase: string) =>
      eventually(async () => assert.equal((await service.client.get(id)).phase, phase), {
        boundMs: SWEEPS_MS,
      });

    // 1. options before the command, too; and one whose retention is short, which goes the whole way
    const before = await owned();
    const create = ["create", "--public-key", publicKey];
    const plain = await mayfly<InstanceView>("im", "--verbose", "-d", "1h", ...create);
    assert.deepEqual([plain.type, plain.zone, plain.onExpiry], ["t2.nano", "us-east-1a", "stop"]);
    const short = ["--lifetime", "15s", "--on-expiry", "stop", "--retain", "10s", "--firewall", "web"];
    const made = await mayfly<InstanceView>(
      "create",
      "--ssh-key",
      publicKey,
      "--provider",
      "aws",
      "--type",
      "t2.nano",
      ...short,
    );
    await phaseIs(made.id, "running");
    const running = await mayfly<InstanceView>("im", "status", "--instance-id", made.name);
    const machine = running.machineId!;
    assert.match(machine, /^i-/);
    await phaseIs(plain.id, "running");
    assert.deepEqual(
      Object.values(await owned()).map((ids) => ids.length),
      [1, 1, 2, 2, 0],
      "a key and a group that are shared, a disk and a card each",
    );
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
    await mayfly("im", "extend", "--instance-id", made.id, "--duration", "24s");
    await phaseIs(made.id, "running");

    // 3. somebody stops it by hand: that is told, and put right
    await console.stopInstances({ InstanceIds: [machine] });
    await sweepNow();
    await becomes(machine, "running");
    const { lastDrift } = await service.client.get(made.id);
    assert.equal(
      lastDrift?.reason,
      `machine ${machine} was found stopped, and is to run: it is started again`,
    );

    // 4. the other one is stopped by command, and deleted
    await mayfly("im", "stop", "--instance-id", plain.name);
    await phaseIs(plain.id, "stopped");
    await mayfly("delete", plain.id);

    // 5. expired once more, kept for its retention, and gone by nobody's command, with all that was made for it
    await becomes(machine, "stopped");
    await becomes(machine, "terminated");
    await phaseIs(made.id, "deleted");
    await phaseIs(plain.id, "deleted");
    await sweepNow();
    await eventually(async () => assert.deepEqual(await owned(), before), {
      boundMs: 2 * SWEEPS_MS,
      everyMs: 500,
    });
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
