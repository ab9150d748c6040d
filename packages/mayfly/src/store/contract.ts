import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bucketContract } from "./bucket-contract.ts";
import { deliveryContract } from "./delivery-contract.ts";
import { dueContract } from "./due-contract.ts";
import { dutyContract } from "./duty-contract.ts";
import { eventsContract } from "./events-contract.ts";
import { insertContract } from "./insert-contract.ts";
import { leaseContract } from "./lease-contract.ts";
import { readContract } from "./read-contract.ts";
import { sharedContract } from "./shared-contract.ts";
import { sightingContract } from "./sighting-contract.ts";
import type { Store } from "./store.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { sweepContract } from "./sweep-contract.ts";
import { updateContract } from "./update-contract.ts";

/** What every store must do. `open` makes a new and empty one for each test. */
export function describeStore(name: string, open: (options: { owner?: string }) => Promise<Store>): void {
  const withStore: StoreTest = (sentence, body) =>
    test(sentence, async (t) => {
      const store = await open({});
      t.after(() => store.close());
      await body(store);
    });

  describe(name, () => {
    describe("owner", () => {
      withStore("an installation has an id of its own, always the same", async (store) => {
        assert.match(await store.owner(), /^[0-9a-hjkmnp-tv-z]{16}$/);
        assert.equal(await store.owner(), await store.owner());
      });
      test("an owner that is given stands in for the one that is kept", async (t) => {
        const store = await open({ owner: "0123456789abcdef" });
        t.after(() => store.close());
        assert.equal(await store.owner(), "0123456789abcdef");
      });
    });
    describe("insert", () => insertContract(withStore));
    describe("delivery", () => deliveryContract(withStore));
    describe("read", () => readContract(withStore));
    describe("lease", () => leaseContract(withStore));
    describe("update", () => updateContract(withStore));
    describe("due", () => dueContract(withStore));
    describe("events", () => eventsContract(withStore));
    describe("sweep", () => sweepContract(withStore));
    describe("shared", () => sharedContract(withStore));
    describe("duties", () => dutyContract(withStore));
    describe("buckets", () => bucketContract(withStore));
    describe("sightings", () => sightingContract(withStore));
  });
}
