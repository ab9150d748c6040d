import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Accountv3 } from "@scaleway/sdk-account";
import { driving } from "./driving.ts";

const { begin, everyMethodIsDriven, everyAnswerIsAsPromised } = driving(Accountv3.ProjectAPI, {
  package: "@scaleway/sdk-account",
  version: "v3",
});

describe("account v3, through the official SDK", () => {
  test("the project of the client's settings exists", async (t) => {
    const { api: account, projectId } = await begin(t);
    const project = await account.getProject();
    assert.deepEqual([project.id, project.organizationId, project.name], [projectId, projectId, "default"]);
    assert.ok(project.createdAt instanceof Date);
  });

  test("a project is made, renamed and deleted", async (t) => {
    const { api: account, beganAt, projectId: organizationId } = await begin(t);
    const made = await account.createProject({ name: "lab", description: "to try things" });
    assert.deepEqual(
      [made.name, made.description, made.organizationId, made.createdAt],
      ["lab", "to try things", organizationId, beganAt],
    );
    const projectId = made.id;
    await account.updateProject({ projectId, name: "shop", description: "to earn money" });
    const read = await account.getProject({ projectId });
    assert.deepEqual([read.name, read.description], ["shop", "to earn money"]);
    await account.deleteProject({ projectId });
    await assert.rejects(account.getProject({ projectId }), {
      name: "ResourceNotFoundError",
      resourceId: projectId,
    });
  });

  test("what a project is for can be written down", async (t) => {
    const { api: account } = await begin(t);
    const { id: projectId } = await account.createProject({ name: "lab", description: "" });
    const qualification = {
      architectureType: "instance",
      hostWebsite: { subUseCase: "ecommerce_website" },
    } as const;
    const set = await account.setProjectQualification({ projectId, qualification });
    assert.equal(set.projectId, projectId);
    const read = (await account.getProject({ projectId })).qualification;
    assert.deepEqual([read?.architectureType, read?.hostWebsite], ["instance", qualification.hostWebsite]);
  });

  test("lists come in pages, are ordered and filtered", async (t) => {
    const { api: account } = await begin(t);
    for (const name of ["b", "c", "a", "d"]) await account.createProject({ name, description: "" });
    const request = { pageSize: 2, orderBy: "name_asc" } as const;
    const first = await account.listProjects(request);
    assert.deepEqual([first.totalCount, first.projects.map(({ name }) => name)], [5, ["a", "b"]]);
    const all = await account.listProjects(request).all();
    assert.deepEqual(
      all.map(({ name }) => name),
      ["a", "b", "c", "d", "default"],
    );
    assert.equal((await account.listProjects({ name: "c" })).totalCount, 1);
    const projectIds = all.slice(0, 3).map(({ id }) => id);
    assert.equal((await account.listProjects({ projectIds })).totalCount, 3);
  });

  everyMethodIsDriven({});
  everyAnswerIsAsPromised();
});
