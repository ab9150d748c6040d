import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud, IPS, SERVERS, VOLUMES } from "../testing/a-cloud.ts";

test("instance lists page by headers, at most 100 at once", async () => {
  const { call } = aCloud();
  for (let i = 0; i < 120; i++) await call("POST", IPS, {});
  const first = await call("GET", `${IPS}?project=105bdce1-64c0-48ab-899d-868455867ecf`);
  assert.equal(first.json.ips.length, 50);
  assert.equal(first.headers.get("X-Total-Count"), "120");
  const filter = "project=105bdce1-64c0-48ab-899d-868455867ecf";
  assert.equal(
    first.headers.get("Link"),
    `</ips?page=2&per_page=50&${filter}>; rel="next",</ips?page=3&per_page=50&${filter}>; rel="last"`,
  );
  const most = await call("GET", `${IPS}?per_page=1000&page=2`);
  assert.equal(most.json.ips.length, 20);
  assert.equal(
    most.headers.get("Link"),
    '</ips?page=1&per_page=100&>; rel="first",</ips?page=1&per_page=100&>; rel="previous",</ips?page=2&per_page=100&>; rel="last"',
  );
  assert.equal((await call("GET", `${IPS}?page=0`)).status, 400);
});

test("an empty instance list has a last page 0", async () => {
  const { call } = aCloud();
  assert.equal(
    (await call("GET", SERVERS)).headers.get("Link"),
    '</servers?page=0&per_page=50&>; rel="last"',
  );
});

test("block lists count in the body and have no Link", async () => {
  const { call } = aCloud();
  for (let i = 0; i < 3; i++)
    await call("POST", VOLUMES, { name: `v${i}`, tags: [`t${i}`, "all"], from_empty: { size: 10e9 } });
  const page = await call("GET", `${VOLUMES}?page_size=2&page=2`);
  assert.equal(page.json.total_count, 3);
  assert.deepEqual(
    page.json.volumes.map((one: { name: string }) => one.name),
    ["v2"],
  );
  assert.equal(page.headers.get("Link"), null);
  assert.equal((await call("GET", `${VOLUMES}?tags=all&tags=t1`)).json.total_count, 1);
});

test("server lists filter by all of the tags, part of the name, and more; newest first", async () => {
  const { call, aServer, pass } = aCloud();
  await aServer({ name: "lab-1", tags: ["a", "b"] });
  pass(1);
  await aServer({ name: "lab-2", tags: ["b", "c"] });
  const names = async (query: string): Promise<string[]> =>
    (await call("GET", `${SERVERS}?${query}`)).json.servers.map((one: { name: string }) => one.name);
  assert.deepEqual(await names(""), ["lab-2", "lab-1"]);
  assert.deepEqual(await names("order=creation_date_asc"), ["lab-1", "lab-2"]);
  assert.deepEqual(await names("tags=b,a"), ["lab-1"]);
  assert.deepEqual(await names("tags=a,c"), []);
  assert.deepEqual(await names("name=b-2"), ["lab-2"]);
  assert.deepEqual(await names("state=running"), []);
  assert.deepEqual(await names("commercial_type=DEV1-S&project=105bdce1-64c0-48ab-899d-868455867ecf"), [
    "lab-2",
    "lab-1",
  ]);
  const elsewhere = await call("GET", SERVERS.replace("fr-par-1", "fr-par-2"));
  assert.deepEqual(elsewhere.json, { servers: [] });
});

test("server types come as a map, 50 a page", async () => {
  const { call } = aCloud();
  const path = "/instance/v1/zones/fr-par-1/products/servers";
  const total = Number((await call("GET", path)).headers.get("X-Total-Count"));
  const all: Record<string, { hourly_price: number }> = {};
  for (let page = 1; page <= Math.ceil(total / 50); page++)
    Object.assign(all, (await call("GET", `${path}?page=${page}`)).json.servers);
  assert.equal(Object.keys(all).length, total);
  assert.equal(all["DEV1-S"]?.hourly_price, 0.008976);
  assert.ok(all["MAYFLY-QUOTA"]);
  const { servers } = (await call("GET", `${path}/availability?per_page=100`)).json;
  assert.equal(servers["DEV1-S"].availability, "available");
});

test("lists go by the latest change where they are asked to", async () => {
  const { call, aServer, pass } = aCloud();
  const first = await aServer({ name: "first" });
  pass(1);
  await aServer({ name: "second" });
  pass(1);
  await call("PATCH", first.path, { tags: ["late"] });
  const names = async (path: string): Promise<string[]> =>
    (await call("GET", path)).json.servers.map((one: { name: string }) => one.name);
  assert.deepEqual(await names(`${SERVERS}?order=modification_date_desc`), ["first", "second"]);
  assert.deepEqual(await names(`${SERVERS}?order=modification_date_asc`), ["second", "first"]);
  assert.deepEqual(await names(`${SERVERS}?order=modification_date_asc&per_page=1&page=2`), ["first"]);
  const newer = SERVERS.replace("/v1/", "/v2alpha1/");
  assert.deepEqual(await names(`${newer}?order_by=updated_at_asc`), ["second", "first"]);
  assert.deepEqual(await names(`${newer}?order_by=name_desc`), ["second", "first"]);
});
