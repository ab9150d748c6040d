import assert from "node:assert/strict";
import { test } from "node:test";
import { aCloud } from "../../testing/a-cloud.ts";
import { UNKNOWN } from "../../testing/ids.ts";

const PROJECTS = "/account/v3/projects";

test("only reading a project says what it is for", async () => {
  const { call } = aCloud();
  const made = (await call("POST", PROJECTS, { name: "lab", description: "" })).json;
  assert.equal(made.qualification, null);
  const path = `${PROJECTS}/${made.id}`;
  assert.deepEqual((await call("GET", path)).json.qualification, {
    architecture_type: "unknown_architecture_type",
  });
  assert.equal((await call("PATCH", path, { name: "shop" })).json.qualification, null);
  const qualification = { architecture_type: "instance" };
  await call("POST", `${path}/project-qualification`, { qualification });
  assert.deepEqual((await call("GET", path)).json.qualification, qualification);
});

test("where any project will do, every one exists that was not deleted", async () => {
  const { call } = aCloud();
  assert.equal((await call("GET", `${PROJECTS}/${UNKNOWN}`)).status, 200);
  const { id } = (await call("POST", PROJECTS, { name: "lab" })).json;
  await call("DELETE", `${PROJECTS}/${id}`);
  const gone = await call("GET", `${PROJECTS}/${id}`);
  assert.deepEqual([gone.status, gone.json.resource, gone.json.resource_id], [404, "project_id", id]);
  const strict = aCloud({ strictProjects: true });
  assert.equal((await strict.call("GET", `${PROJECTS}/${UNKNOWN}`)).status, 404);
});

test("what is made in a further project belongs to the same organization", async () => {
  const { call } = aCloud();
  const { id, organization_id: organization } = (await call("POST", PROJECTS, { name: "lab" })).json;
  const ips = "/instance/v1/zones/fr-par-1/ips";
  const { ip } = (await call("POST", ips, { project: id })).json;
  assert.deepEqual([ip.project, ip.organization], [id, organization]);
  assert.equal((await call("GET", `${ips}?organization=${organization}`)).json.ips.length, 1);
});
