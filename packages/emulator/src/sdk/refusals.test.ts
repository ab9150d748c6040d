import assert from "node:assert/strict";
import { test } from "node:test";
import { Blockv1 } from "@scaleway/sdk-block";
import { Errors } from "@scaleway/sdk-client";
import { Instancev1 } from "@scaleway/sdk-instance";
import { SENTINELS } from "../scaleway/seed/sentinels.ts";
import { aServer } from "./instance/a-server.ts";
import { setStage } from "./stage.ts";

const UNKNOWN = "22222222-2222-2222-2222-222222222222";

test("what is not there is a ResourceNotFoundError that names it", async (t) => {
  const { use } = await setStage(t);
  await assert.rejects(use(Instancev1.API).getServer({ serverId: UNKNOWN }), (error) => {
    assert.ok(error instanceof Errors.ResourceNotFoundError);
    assert.deepEqual([error.resource, error.resourceId, error.status], ["instance_server", UNKNOWN, 404]);
    return true;
  });
});

test("a request that makes no sense is an InvalidArgumentsError that names the argument", async (t) => {
  const { use } = await setStage(t);
  await assert.rejects(aServer(use(Instancev1.API), { commercialType: "DEV1-NONE" }), (error) => {
    assert.ok(error instanceof Errors.InvalidArgumentsError);
    const [{ argumentName, reason } = { argumentName: "", reason: "" }] = error.details;
    assert.deepEqual([argumentName, reason, error.status], ["commercial_type", "constraint", 400]);
    return true;
  });
});

test("what something else still needs is a PreconditionFailedError", async (t) => {
  const { use } = await setStage(t);
  const { volumes } = await aServer(use(Instancev1.API));
  await assert.rejects(use(Blockv1.API).deleteVolume({ volumeId: volumes["0"]?.id ?? "" }), (error) => {
    assert.ok(error instanceof Errors.PreconditionFailedError);
    assert.equal(error.precondition, "resource_still_in_use");
    return true;
  });
});

test("an action that the state does not allow is refused without a precondition, which the SDK has no type for", async (t) => {
  const { use } = await setStage(t);
  const instance = use(Instancev1.API);
  const { id: serverId } = await aServer(instance);
  await assert.rejects(instance.serverAction({ serverId, action: "reboot" }), (error) => {
    assert.ok(error instanceof Errors.ScalewayError);
    assert.ok(!(error instanceof Errors.PreconditionFailedError));
    assert.equal(error.status, 412);
    return true;
  });
});

test("a type without stock is an OutOfStockError", async (t) => {
  const { use } = await setStage(t);
  await assert.rejects(aServer(use(Instancev1.API), { commercialType: SENTINELS.outOfStock }), (error) => {
    assert.ok(error instanceof Errors.OutOfStockError);
    assert.equal(error.resource, SENTINELS.outOfStock);
    return true;
  });
});

test("a used-up quota is a QuotasExceededError", async (t) => {
  const { use } = await setStage(t);
  await assert.rejects(aServer(use(Instancev1.API), { commercialType: SENTINELS.quota }), (error) => {
    assert.ok(error instanceof Errors.QuotasExceededError);
    assert.deepEqual(error.list, [
      { resource: "cp_servers_type_MAYFLY_QUOTA", quota: 2, current: 2, scope: undefined },
    ]);
    return true;
  });
});

test("the snapshot under somebody else's image is a PermissionsDeniedError", async (t) => {
  const { use } = await setStage(t);
  const { image } = await aServer(use(Instancev1.API));
  const snapshotId = image?.rootVolume?.id ?? "";
  await assert.rejects(use(Blockv1.API).getSnapshot({ snapshotId }), (error) => {
    assert.ok(error instanceof Errors.PermissionsDeniedError);
    assert.deepEqual(error.list, [{ action: "read", resource: "snapshot" }]);
    return true;
  });
});

test("a key that the cloud does not know is a DeniedAuthenticationError", async (t) => {
  const { useWith } = await setStage(t);
  await assert.rejects(useWith(Instancev1.API, UNKNOWN).listServers(), (error) => {
    assert.ok(error instanceof Errors.DeniedAuthenticationError);
    assert.deepEqual([error.method, error.reason, error.status], ["api_key", "not_found", 401]);
    return true;
  });
});

test("the rate limit has an empty body, of which the SDK keeps the status", async (t) => {
  const { use, emulator } = await setStage(t);
  const instance = use(Instancev1.API);
  emulator.faults.add({ match: { operation: "listServers" }, times: 1, effect: { kind: "rateLimited" } });
  await assert.rejects(instance.listServers(), (error) => {
    assert.ok(error instanceof Errors.ScalewayError);
    assert.ok(!(error instanceof Errors.TooManyRequestsError));
    assert.equal(error.status, 429);
    return true;
  });
  assert.equal((await instance.listServers()).totalCount, 0);
});
