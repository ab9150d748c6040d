import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim, Claims } from "./claims.ts";
import { createLogic } from "./logic.ts";
import { markOf } from "./mark.ts";
import type { ObjectStorage } from "./object-storage.ts";
import { bucket } from "./resources/bucket.ts";
import type { BucketProps } from "./resources/bucket.ts";
import { functionNamespace } from "./resources/function-namespace.ts";
import type { FunctionNamespaceProps } from "./resources/function-namespace.ts";
import { iamSshKey } from "./resources/iam-ssh-key.ts";
import type { IamSshKeyProps } from "./resources/iam-ssh-key.ts";
import { instanceVolume } from "./resources/instance-volume.ts";
import type { InstanceVolumeProps } from "./resources/instance-volume.ts";
import { loadBalancer } from "./resources/load-balancer/load-balancer.ts";
import type { LoadBalancerProps } from "./resources/load-balancer/props.ts";
import { vpcPrivateNetwork } from "./resources/vpc-private-network.ts";
import type { VpcPrivateNetworkProps } from "./resources/vpc-private-network.ts";
import { vpc } from "./resources/vpc.ts";
import { anEmulatedCloud, PROJECT } from "./testing/emulated-cloud.ts";

const VPCS = "/vpc/v2/regions/fr-par/vpcs";

function claims(): Claims {
  let made: Claim[] = [];
  return {
    all: async () => made,
    claim: async (claim) => void made.push(claim),
    drop: async ({ place, name }) =>
      void (made = made.filter((each) => each.place !== place || each.name !== name)),
    release: async () => void (made = []),
  };
}

async function aWorld() {
  const emulated = anEmulatedCloud();
  const cloud = await emulated.connectBy(emulated.send)({});
  const mark = markOf("app/dev/it");
  const wanted = <Props>(props: Props, place: string) => {
    const tags = [mark];
    return { props, place, mark, tags, name: "it", projectId: PROJECT };
  };
  const left = () => emulated.emulator.leftovers().others.map(({ id }) => id);
  return { emulated, cloud, mark, wanted, left };
}

test("of several that carry the mark the oldest stays, and the others go", async () => {
  const { emulated, cloud, mark, wanted, left } = await aWorld();
  const made: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const body = { name: "it", project_id: PROJECT, tags: [mark] };
    made.push((await emulated.call<{ id: string }>("POST", VPCS, body)).id);
    emulated.emulator.advance(1);
  }
  const request = { adopt: false, claims: claims() };
  const { id } = await createLogic(vpc).reconcile(cloud, wanted({}, "fr-par"), request);
  assert.equal(id, made[0]);
  assert.deepEqual(left(), [id]);
});

test("a create whose answer is lost is looked for, and not repeated", async () => {
  const { emulated, cloud, wanted, left } = await aWorld();
  emulated.emulator.faults.add({ match: { operation: "createVPC" }, times: 1, effect: { kind: "cutAfter" } });
  const request = { adopt: false, claims: claims() };
  const { id } = await createLogic(vpc).reconcile(cloud, wanted({}, "fr-par"), request);
  assert.deepEqual(left(), [id]);
});

test("a create that nobody heard of fails, and says why", async () => {
  const { emulated, cloud, wanted, left } = await aWorld();
  emulated.emulator.faults.add({ match: { operation: "createVPC" }, effect: { kind: "cutBefore" } });
  const request = { adopt: false, claims: claims() };
  await assert.rejects(
    createLogic(vpc).reconcile(cloud, wanted({}, "fr-par"), request),
    /POST \/vpc\/v2\/regions\/fr-par\/vpcs/,
  );
  assert.deepEqual(left(), []);
});

test("a name whose create was refused is nobody's: what is made under it by hand is not taken over", async () => {
  const { emulated, cloud, wanted, left } = await aWorld();
  const publicKey = `ssh-ed25519 ${"AAAAC3NzaC1lZDI1NTE5AAAAI".padEnd(68, "A")}`;
  const refused = {
    kind: "status",
    status: 403,
    body: { message: "not yours", type: "permissions_denied" },
  } as const;
  emulated.emulator.faults.add({ match: { operation: "createSSHKey" }, times: 1, effect: refused });
  const request = { adopt: false, claims: claims() };
  const make = () =>
    createLogic(iamSshKey).reconcile(cloud, wanted<IamSshKeyProps>({ publicKey }, PROJECT), request);
  await assert.rejects(make(), /not yours/);
  const body = { name: "it", project_id: PROJECT, public_key: `${publicKey} them@desk` };
  const { id } = await emulated.call<{ id: string }>("POST", "/iam/v1alpha1/ssh-keys", body);
  await assert.rejects(make(), /was not made by this resource/);
  assert.deepEqual(left(), [id]);
});

test("what belongs to another resource is not taken over, not even when it is to be adopted", async () => {
  const { emulated, cloud, wanted } = await aWorld();
  await emulated.call("POST", VPCS, { name: "it", project_id: PROJECT, tags: [markOf("app/prod/it")] });
  const request = { adopt: true, claims: claims() };
  await assert.rejects(
    createLogic(vpc).reconcile(cloud, wanted({}, "fr-par"), request),
    /belongs to another resource \(alchemy:app\/prod\/it\)/,
  );
});

test("a secret that is no longer named is taken from the namespace", async () => {
  const { cloud, wanted } = await aWorld();
  const { reconcile } = createLogic(functionNamespace);
  const request = { adopt: false, claims: claims() };
  const having = (secretEnvironment: Record<string, string>) =>
    wanted<FunctionNamespaceProps>({ secretEnvironment }, "fr-par");
  const first = await reconcile(cloud, having({ OLD: "1", TOKEN: "2" }), request);
  assert.deepEqual(first.secretEnvironment, ["OLD", "TOKEN"]);
  const after = await reconcile(cloud, having({ TOKEN: "3" }), { ...request, known: first.id });
  assert.deepEqual(after.secretEnvironment, ["TOKEN"]);
});

test("a bucket that is wanted in another project is replaced, the old one first", async () => {
  const { cloud, wanted } = await aWorld();
  const state = { projectId: PROJECT, tags: {}, versioning: false, acl: "private" as const };
  const storage = async () => ({ read: async () => state }) as unknown as ObjectStorage;
  const known = bucket.attributes({ name: "it", region: "fr-par", state }, { props: {} });
  const elsewhere = { ...wanted<BucketProps>({}, "fr-par"), projectId: "another" };
  const diff = await createLogic(bucket).diff({ ...cloud, storage }, elsewhere, known);
  assert.deepEqual([diff?.action, diff?.fields[0], diff?.oldGoesFirst], ["replace", "projectId", true]);
});

test("a load balancer that left a private network says so when it is out of it", async () => {
  const { cloud, wanted } = await aWorld();
  const network = await createLogic(vpcPrivateNetwork).reconcile(cloud, wanted({}, "fr-par"), {
    adopt: false,
    claims: claims(),
  });
  const { reconcile } = createLogic(loadBalancer);
  const request = { adopt: false, claims: claims() };
  const joined = await reconcile(
    cloud,
    wanted<LoadBalancerProps>({ privateNetworks: [network] }, "fr-par-1"),
    request,
  );
  assert.deepEqual(joined.privateNetworkIds, [network.id]);
  const left = await reconcile(cloud, wanted<LoadBalancerProps>({}, "fr-par-1"), {
    ...request,
    known: joined.id,
  });
  assert.deepEqual(left.privateNetworkIds, []);
});

test("a subnet may be written as the cloud would not write it", async () => {
  const { cloud, wanted } = await aWorld();
  const { reconcile, diff } = createLogic(vpcPrivateNetwork);
  const props = wanted<VpcPrivateNetworkProps>({ subnets: ["FD00:0000:0:7::/64", "10.1.0.0/24"] }, "fr-par");
  const network = await reconcile(cloud, props, { adopt: false, claims: claims() });
  assert.deepEqual(network.subnets, ["10.1.0.0/24", "fd00:0:0:7::/64"]);
  assert.equal((await diff(cloud, props, network))?.action, "noop");
});

test("a volume grows and does not shrink", async () => {
  const { cloud, wanted } = await aWorld();
  const { reconcile, diff } = createLogic(instanceVolume);
  const request = { adopt: false, claims: claims() };
  const sized = (sizeGb: number) => wanted<InstanceVolumeProps>({ sizeGb }, "fr-par-1");
  const first = await reconcile(cloud, sized(20), request);
  assert.equal((await diff(cloud, sized(20), first))?.action, "noop");
  assert.deepEqual((await diff(cloud, sized(30), first))?.fields, ["sizeGb"]);
  const grown = await reconcile(cloud, sized(30), { ...request, known: first.id });
  assert.equal(grown.sizeGb, 30);
  await assert.rejects(
    reconcile(cloud, sized(20), { ...request, known: first.id }),
    /has 30 GB and cannot shrink to 20/,
  );
  assert.equal((await diff(cloud, wanted({}, "fr-par-2"), grown))?.action, "replace");
});
