import assert from "node:assert/strict";
import { test } from "node:test";
import { storageEndpoint } from "./storage-endpoint.ts";

test("an emulator serves object storage itself, and Scaleway's API does not, also when it is named", () => {
  assert.equal(storageEndpoint("http://127.0.0.1:4300"), "http://127.0.0.1:4300");
  assert.equal(storageEndpoint("https://scaleway.com.example"), "https://scaleway.com.example");
  assert.equal(storageEndpoint("https://api.scaleway.com"), undefined);
  assert.equal(storageEndpoint(undefined), undefined);
});
