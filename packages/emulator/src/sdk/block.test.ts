import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Blockv1 } from "@scaleway/sdk-block";
import { snapshots } from "./block/snapshots.ts";
import { volumes } from "./block/volumes.ts";
import { driving } from "./driving.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Blockv1.API, {
  package: "@scaleway/sdk-block",
  version: "v1",
});

describe("block v1, through the official SDK", () => {
  volumes(begin);
  snapshots(begin);
  test("the SDK waits for a volume until it is free", async (t) => {
    const { api: block, emulator } = await begin(t);
    const { id: volumeId } = await block.createVolume({ name: "data", fromEmpty: { size: 5e9 } });
    const free = block.waitForVolume({ volumeId });
    emulator.advance(5);
    assert.equal((await free).status, "available");
  });

  everyMethodIsDriven({});
  everyAnswerIsAsPromised();
});
