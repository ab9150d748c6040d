import assert from "node:assert/strict";
import { test } from "node:test";
import { ScalewayCallError } from "./call-error.ts";
import { createProducts } from "./products.ts";

const credentials = {
  accessKey: "SCWABCDEFGHIJKLMNOPQ",
  secretKey: "11111111-2222-4333-8444-555555555555",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
};
const clock = { now: () => 0, monotonic: () => 0, sleep: () => new Promise<void>(() => {}) };

function aProducts(status: number, body: string) {
  const asked: string[] = [];
  const products = createProducts({
    credentials,
    clock,
    random: { fraction: () => 0 },
    timeoutMs: false,
    async fetch({ method, url }) {
      asked.push(`${method} ${new URL(url).pathname}`);
      return new Response(body, { status, headers: { "content-type": "application/json" } });
    },
  });
  return { products, asked };
}

test("a product's refusal without a type has the name that its status gives it", async () => {
  const { products, asked } = aProducts(404, '{"message":"lbs not Found"}');
  const failed = products.lb.getLb({ zone: "fr-par-1", lbId: credentials.projectId });
  await assert.rejects(failed, (error: unknown) => {
    assert.ok(error instanceof ScalewayCallError);
    assert.equal(error.kind, "not_found");
    return true;
  });
  assert.deepEqual(asked, [`GET /lb/v1/zones/fr-par-1/lbs/${credentials.projectId}`]);
});

test("an id that would change a product's path reaches nobody", () => {
  const { products, asked } = aProducts(200, "{}");
  const asks = () => products.rdb.getInstance({ region: "fr-par", instanceId: "../../iam" });
  assert.throws(asks, ScalewayCallError);
  assert.deepEqual(asked, []);
});
