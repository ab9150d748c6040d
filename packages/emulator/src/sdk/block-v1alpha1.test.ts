import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Blockv1alpha1 } from "@scaleway/sdk-block";
import { snapshots } from "./block/snapshots.ts";
import { volumes } from "./block/volumes.ts";
import { driving } from "./driving.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Blockv1alpha1.API, {
  package: "@scaleway/sdk-block",
  version: "v1alpha1",
});

describe("block v1alpha1 is block v1 under another path", () => {
  volumes(begin);
  snapshots(begin);
  test("a snapshot is imported by the old name of object storage", async (t) => {
    const { api: block } = await begin(t);
    const made = await block.importSnapshotFromS3({ bucket: "backups", key: "a.qcow2", name: "back" });
    assert.deepEqual([made.name, made.status], ["back", "creating"]);
  });

  everyMethodIsDriven({});
  everyAnswerIsAsPromised();
});
