import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_PROJECT_ID } from "../../emulator.ts";
import { aCloud, VOLUMES } from "../../testing/a-cloud.ts";
import { aNetwork, VPCS } from "../../testing/a-network.ts";
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

test("projects are listed by their organization", async () => {
  const { call } = aCloud({ strictProjects: true });
  await call("POST", PROJECTS, { name: "lab", organization_id: UNKNOWN });
  const names = async (query: string): Promise<string[]> =>
    (await call("GET", `${PROJECTS}?${query}`)).json.projects.map((one: { name: string }) => one.name);
  assert.deepEqual(await names(""), ["default", "lab"]);
  assert.deepEqual(await names(`organization_id=${DEFAULT_PROJECT_ID}`), ["default"]);
  assert.deepEqual(await names(`organization_id=${UNKNOWN}`), ["lab"]);
  assert.deepEqual(await names("organization_id=11111111-1111-4111-8111-111111111111"), []);
});

test("where any project will do, an organization that nothing is known of is the caller's own", async () => {
  const { call } = aCloud();
  assert.equal((await call("GET", `${PROJECTS}?organization_id=${UNKNOWN}`)).json.total_count, 1);
});

test("a project goes when nothing is left in it, the default security group included; the first one never", async () => {
  const { call, aServer, pass } = aCloud();
  const { id } = (await call("POST", PROJECTS, { name: "lab" })).json;
  const refusal = async (project: string): Promise<unknown[]> => {
    const { status, json } = await call("DELETE", `${PROJECTS}/${project}`);
    return [status, json?.type, json?.precondition];
  };
  const inUse = [412, "precondition_failed", "resource_still_in_use"];
  const server = await aServer({ project: id });
  assert.deepEqual(await refusal(id), inUse);
  await call("DELETE", server.path);
  pass(20);
  await call("DELETE", `${VOLUMES}/${server.volumeId}`);
  assert.deepEqual(await refusal(id), inUse);
  const groups = "/instance/v1/zones/fr-par-1/security_groups";
  const [group] = (await call("GET", `${groups}?project=${id}`)).json.security_groups;
  await call("DELETE", `${groups}/${group.id}`);
  assert.deepEqual(await refusal(id), [204, undefined, undefined]);
  assert.deepEqual(await refusal(DEFAULT_PROJECT_ID), inUse);
  assert.equal((await call("POST", "/instance/v1/zones/fr-par-1/ips", { project: id })).status, 403);
});

test("a default VPC that a network needed goes with its project", async () => {
  const cloud = aCloud();
  const { id } = (await cloud.call("POST", PROJECTS, { name: "lab" })).json;
  const network = await aNetwork(cloud, { project_id: id });
  assert.equal((await cloud.call("DELETE", `${PROJECTS}/${id}`)).status, 412);
  await cloud.call("DELETE", network.path);
  assert.equal((await cloud.call("DELETE", `${PROJECTS}/${id}`)).status, 204);
  assert.equal((await cloud.call("GET", `${VPCS}/${network.vpcId}`)).status, 404);
});
