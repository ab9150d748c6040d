import assert from "node:assert/strict";
import { test } from "node:test";
import { promisedTypes } from "./promised-types.ts";

const disappointments = promisedTypes("@scaleway/sdk-block", "v1");

const volume = {
  id: "1",
  name: "data",
  type: "sbs_5k",
  size: 5e9,
  projectId: "1",
  createdAt: new Date(0),
  references: [],
  parentSnapshotId: null,
  status: "available",
  tags: ["db"],
  zone: "fr-par-1",
  specs: { class: "sbs", perfIops: 5000 },
};

test("an answer with all that is promised is no disappointment, with or without what is optional", () => {
  assert.deepEqual(disappointments("getVolume", volume), []);
  assert.deepEqual(disappointments("getVolume", { ...volume, specs: undefined }), []);
  assert.deepEqual(disappointments("deleteVolume", undefined), []);
});

test("what is missing, of another kind or unknown to the SDK is named", () => {
  assert.deepEqual(
    disappointments("getVolume", { ...volume, name: undefined, status: "asleep", size: "5" }),
    [
      "Volume.name: undefined is no string",
      'Volume.size: "5" is no number',
      'Volume.status: "asleep" is no VolumeStatus',
    ],
  );
  assert.deepEqual(disappointments("getVolume", { ...volume, createdAt: "today", tags: [1] }), [
    'Volume.createdAt: "today" is no Date',
    "Volume.tags: 1 is no string",
  ]);
});

test("what is in lists and in other things is looked at too", () => {
  const held = { ...volume, references: [{ ...volume, type: "exclusive" }], specs: { perfIops: 5000 } };
  assert.deepEqual(disappointments("listVolumes", { volumes: [held], totalCount: 1 }), [
    "Reference.productResourceType: undefined is no string",
    "Reference.productResourceId: undefined is no string",
    'Reference.status: "available" is no ReferenceStatus',
    "VolumeSpecifications.class: undefined is no StorageClass",
  ]);
});

test("an answer with nothing that the SDK knows is a disappointment", () => {
  assert.deepEqual(disappointments("getVolume", { id: undefined }), ["getVolume: nothing"]);
});
