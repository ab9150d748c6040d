import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { socketPath } from "./client/socket-path.ts";
import type { CloudProcess } from "./testing/cloud-process.ts";
import { eventually } from "./testing/eventually.ts";
import { processScene } from "./testing/process-scene.ts";
import { rawAnswer } from "./testing/raw-answer.ts";

const BOUND_MS = 180_000;

test(
  "neither keys nor user data are seen anywhere in the life of an instance, and nothing is left of them",
  { timeout: 400_000 },
  async (t) => {
    const secretKey = randomUUID();
    const canary = `canary-${randomUUID()}`;
    const userData = `#cloud-config\npassword: ${canary}\n`;
    const { home, startCloud, startService } = processScene(t);
    const cloud = await startCloud({ secretKey });
    const service = await startService({ env: cloud.env, logLevel: "debug" });
    await service.answers();
    const socket = await socketPath(home, {});
    const heard: string[] = [];
    const ask = async (method: string, path: string, body?: unknown) => {
      const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
      const answer = await rawAnswer(socket, method, path, sent as string | undefined);
      heard.push(answer.text);
      return { status: answer.status, body: JSON.parse(answer.body) as Record<string, string> };
    };
    const isIn = async (reference: string, phase: string) => {
      await eventually(
        async () => {
          const { body } = await ask("GET", `/v1/instances/${reference}`);
          assert.equal(body["phase"], phase, JSON.stringify(body));
        },
        { boundMs: BOUND_MS },
      );
    };

    // 1. Requests that are refused, here or by a cloud that repeats what it was sent.
    const input = { name: "lab", userData };
    const echo = echoOf(secretKey);
    await cloud.fault({
      match: { operation: "listServersTypes" },
      times: 1,
      effect: { kind: "status", status: 401, body: echo },
    });
    assert.equal((await ask("POST", "/v1/instances", input)).status, 403);
    await cloud.fault({
      match: { operation: "listServersTypes" },
      times: 3,
      effect: { kind: "status", status: 500, body: echo },
    });
    assert.equal((await ask("POST", "/v1/instances", input)).status, 503);
    for (const wrong of [
      { ...input, type: "NOPE", image: "nope" },
      { ...input, name: "mf-lab", lifetime: "soon" },
      { userData: [userData] },
      { userData: { [userData]: userData } },
      { userData: userData.padEnd(200_000, canary) },
      JSON.stringify(input).slice(0, -2),
      JSON.stringify(userData),
      userData,
    ])
      assert.equal(
        (await ask("POST", "/v1/instances", wrong)).status,
        400,
        JSON.stringify(wrong).slice(0, 80),
      );

    // 2. Lives in which the calls fail, one way after another; several, since each waits longer after each failure.
    const names = ["lab-0", "lab-1", "lab-2"];
    const each = (one: (name: string) => Promise<void>) => Promise.all(names.map(one));
    await misbehave(cloud, secretKey, userData);
    await each(async (name) => {
      assert.equal((await ask("POST", "/v1/instances", { ...input, name })).status, 202);
      await isIn(name, "running");
    });
    assert.ok(keeps(home, canary), "the row holds the user data while they may be needed");
    assert.ok(!keeps(home, secretKey), "the secret key is kept");
    await misbehave(cloud, secretKey, userData);
    await each(async (name) => {
      const { id, expiresAt = "" } = (await ask("GET", `/v1/instances/${name}`)).body;
      const path = `/v1/instances/${id}`;
      const later = new Date(Date.parse(expiresAt) + 60_000).toISOString();
      assert.equal((await ask("POST", `${path}/extend`, { expiresAt: later })).status, 202);
      assert.equal((await ask("POST", `${path}/extend`, { expiresAt: userData })).status, 400);
      assert.equal((await ask("DELETE", path)).status, 202);
      await isIn(id!, "deleted");
    });
    for (const page of ["/v1/instances?all=true", "/v1/events", "/v1/doctor", "/v1/types", "/v1/images"])
      assert.equal((await ask("GET", page)).status, 200);

    // 3. What was said …
    const said = {
      log: service.out() + service.err(),
      answers: heard.join("\n"),
      tags: JSON.stringify(await cloud.history()),
      arguments: readFileSync(`/proc/${service.pid}/cmdline`, "utf8"),
    };
    assert.match(said.log, /"level":20/, "the log says more than usual");
    assert.match(
      said.log,
      /you sent \[redacted\]|X-Auth-Token: \[redacted\]/,
      "what the cloud said was told",
    );
    for (const [where, text] of Object.entries(said)) expectNone(where, text, { secretKey, canary });

    // 4. … and what is kept: while the service runs, and after it.
    expectNothingKept(home, { secretKey, canary });
    service.signal("SIGTERM");
    assert.equal((await service.ended).code, 0);
    expectNothingKept(home, { secretKey, canary });
  },
);

/** A cloud, or somebody between, that repeats in its refusal all that it was sent. */
const echoOf = (...sent: string[]) => ({
  message: `you sent ${sent.join()}`,
  help_message: `X-Auth-Token: ${sent.join()}`,
  details: sent.map((text) => ({ argument_name: text, reason: text, help_message: text })),
  fields: Object.fromEntries(sent.map((text) => [text, [text]])),
  resource: sent.join(),
});

/** The next calls of each kind fail, one way after another; none of them so that nobody can know what came of a create. */
async function misbehave(cloud: CloudProcess, secretKey: string, userData: string): Promise<void> {
  const refused = { kind: "status", status: 409, body: { type: "transient_state" } } as const;
  const failed = { kind: "status", status: 500, body: {} } as const;
  const garbage = { kind: "status", status: 200, body: {} } as const;
  const [before, after] = [{ kind: "cutBefore" } as const, { kind: "cutAfter" } as const];
  for (const [operation, effects] of Object.entries({
    createServer: [refused, after],
    setUserData: [refused, failed, before, after],
    serverAction: [refused, failed, after],
    listServers: [failed, garbage],
    listVolumes: [before, garbage],
    deleteVolume: [refused, failed, after],
  }))
    for (const [afterCalls, effect] of effects.entries()) {
      const echo = operation === "setUserData" ? echoOf(secretKey, userData) : echoOf(secretKey);
      const told = effect.kind === "status" ? { ...effect, body: { ...echo, ...effect.body } } : effect;
      await cloud.fault({ match: { operation, afterCalls }, times: 1, effect: told });
    }
}

function expectNone(where: string, text: string, secrets: Record<string, string>): void {
  for (const [name, secret] of Object.entries(secrets)) {
    const at = text.indexOf(secret);
    const around = text.slice(Math.max(0, at - 200), at + 100);
    assert.equal(at, -1, `the ${name} is in the ${where}: …${around}…`);
  }
}

/** Whether any file of the home holds this text. */
const keeps = (home: string, text: string) => filesOf(home).some((file) => readFileSync(file).includes(text));

function expectNothingKept(home: string, secrets: Record<string, string>): void {
  for (const file of filesOf(home)) {
    assert.equal(statSync(file).mode & 0o077, 0, `others can read ${file}`);
    expectNone(file, readFileSync(file, "latin1"), secrets);
  }
}

const filesOf = (home: string) =>
  readdirSync(home)
    .map((name) => join(home, name))
    .filter((file) => statSync(file).isFile());
