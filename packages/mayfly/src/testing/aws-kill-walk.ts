import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EC2 } from "@aws-sdk/client-ec2";
import { createClient } from "../client/client.ts";
import { socketPath } from "../client/socket-path.ts";
import { systemClock } from "../clock.ts";
import { createEc2Clients } from "../providers/aws/ec2-clients.ts";
import { aPublicKey } from "./a-public-key.ts";
import { askUntilAnswered } from "./ask-until-answered.ts";
import { openEc2Door } from "./ec2-door.ts";
import type { Strike } from "./ec2-door.ts";
import { eventually } from "./eventually.ts";
import type { Moto } from "./moto.ts";
import type { ProcessScene } from "./process-scene.ts";

const KEY = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" };
const GAP_MS = 1_000;
const TAKES_MS = 200;
/** Only a leak takes so long: a removal of what is shared that was cut off is taken up by the second sweep after it. */
const LATE_MS = 200_000;

export interface AwsKillWalk {
  /** The calls at which the service was killed: fewer than strikes when it was over before. */
  killedAt: readonly string[];
  /** What it asked of the cloud. */
  calls: readonly string[];
}

/**
 * For each strike an instance on EC2 with a key, a group and a data volume, made one after the other and then deleted by the
 * real service, which is killed at that call and started again; a call that no create comes to is met by the deletes. Throws
 * an assertion when an instance has not exactly one machine, or when anything is left.
 */
export async function awsKillWalk(
  scene: ProcessScene,
  moto: Moto,
  { account, strikes, signal }: { account: string; strikes: readonly Strike[]; signal: AbortSignal },
): Promise<AwsKillWalk> {
  const door = await openEc2Door(moto.url, { account, takesMs: TAKES_MS });
  const settings = { provider: "aws", zone: "us-east-1a", credentials: "env", visibilityGapMs: GAP_MS };
  writeFileSync(join(scene.home, "config.json"), JSON.stringify({ accounts: { aws: settings } }), {
    mode: 0o600,
  });
  const env = { ...KEY, AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: door.url };
  const start = () => scene.startService({ env });
  const cloud = await consoleOf(door.past, moto);
  const before = await left(cloud);

  // 1. Started again whenever it dies.
  let service = await start();
  let isOver = false;
  const killedAt: string[] = [];
  const kept = (async () => {
    for (; !isOver; service = await start()) {
      const { signal: by } = await service.ended;
      if (isOver) return;
      assert.equal(by, "SIGKILL", `the service ended by itself: ${service.out()}${service.err()}`);
    }
  })();
  kept.catch(() => undefined);
  const killsIt = async (action: string) => {
    killedAt.push(action);
    await service.kill();
  };

  try {
    // 2. One instance for each.
    const client = createClient({ socketPath: await socketPath(scene.home, {}), sleep: systemClock.sleep });
    const publicKey = aPublicKey();
    const becomes = (id: string, phase: string) =>
      eventually(
        async () => {
          const row = await askUntilAnswered(() => client.get(id), signal);
          assert.equal(row.phase, phase, JSON.stringify(row));
        },
        { boundMs: LATE_MS, everyMs: 100 },
      );
    const ids: string[] = [];
    for (const [at, strike] of strikes.entries()) {
      door.strikeAt(strike, killsIt);
      const input = {
        name: `lab-${at}`,
        lifetime: "1h",
        sshKeys: [publicKey],
        firewall: "web",
        volumes: [{ name: "data", sizeGb: 1 }],
      };
      const { id } = await askUntilAnswered(() => client.create(input, { idempotencyKey: `${at}` }), signal);
      await becomes(id, "running");
      ids.push(id);
      assert.equal((await left(cloud)).machines.length, ids.length, "one instance, one machine");
    }

    // 3. Gone; what is shared goes with a sweep, and a service sweeps when it starts.
    for (const id of ids) await askUntilAnswered(() => client.delete(id), signal);
    for (const id of ids) await becomes(id, "deleted");
    await service.kill();
    await eventually(async () => assert.deepEqual(await left(cloud), before), {
      boundMs: LATE_MS,
      everyMs: 500,
    });
  } finally {
    isOver = true;
    await service.kill();
    await kept;
    await service.kill();
    await door.close();
  }
  return { killedAt, calls: door.calls };
}

function consoleOf(past: (request: Request) => Promise<Response>, moto: Moto): Promise<EC2> {
  const credentials = { accessKeyId: KEY.AWS_ACCESS_KEY_ID, secretAccessKey: KEY.AWS_SECRET_ACCESS_KEY };
  const via = { read: past, create: past, delete: past };
  return createEc2Clients({ credentials, endpoint: moto.url, clock: systemClock, fetch: via })(
    "read",
    "us-east-1",
  );
}

/** All that costs or could be in somebody's way. */
async function left(cloud: EC2) {
  const [machines, volumes, cards, addresses, keys, groups, subnets] = await Promise.all([
    cloud.describeInstances({}),
    cloud.describeVolumes({}),
    cloud.describeNetworkInterfaces({}),
    cloud.describeAddresses({}),
    cloud.describeKeyPairs({}),
    cloud.describeSecurityGroups({}),
    cloud.describeSubnets({}),
  ]);
  const all = (machines.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
  return {
    machines: all.filter(({ State }) => State?.Name !== "terminated").map(({ InstanceId }) => InstanceId),
    volumes: (volumes.Volumes ?? []).map(({ VolumeId }) => VolumeId),
    cards: (cards.NetworkInterfaces ?? []).map(({ NetworkInterfaceId }) => NetworkInterfaceId),
    addresses: (addresses.Addresses ?? []).map(({ AllocationId }) => AllocationId),
    keys: (keys.KeyPairs ?? []).map(({ KeyName }) => KeyName),
    groups: (groups.SecurityGroups ?? []).map(({ GroupId }) => GroupId).toSorted(),
    subnets: (subnets.Subnets ?? []).map(({ SubnetId }) => SubnetId).toSorted(),
  };
}
