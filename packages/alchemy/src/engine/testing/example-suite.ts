import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { createEmulator } from "@mayfly/emulator";
import { PROJECT } from "../../testing/emulated-cloud.ts";
import { aUserProject } from "./user-project.ts";

const SECRET = "11111111-2222-4333-8444-555555555555";
const root = join(import.meta.dirname, "../../../../..");

const project = aUserProject();
after(() => project.close());
const emulator = createEmulator({ secretKey: SECRET, projectId: PROJECT, timeScale: 5_000 });
const { url, close } = await emulator.listen({ port: 0 });
after(close);

interface Ended {
  code: number | null;
  said: string;
}

/** @param diesAfter SIGKILL when the cloud has had so many calls of this run */
function run(words: string[], env: Record<string, string> = {}, diesAfter = Infinity): Promise<Ended> {
  emulator.resetCalls();
  const child = spawn(process.execPath, words, {
    cwd: project.folder,
    env: {
      PATH: process.env["PATH"],
      HOME: project.folder,
      ALCHEMY_TELEMETRY_DISABLED: "1",
      ALCHEMY_CI_STATE_STORE_CHECK: "false",
      ALCHEMY_STAGE: "test",
      ALCHEMY_PASSWORD: "of the tests",
      DB_PASSWORD: "Open-Sesame-1",
      SCW_API_URL: url,
      SCW_ACCESS_KEY: "SCWABCDEFGHIJKLMNOPQ",
      SCW_SECRET_KEY: SECRET,
      SCW_DEFAULT_PROJECT_ID: PROJECT,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const watch = setInterval(() => {
    if (emulator.calls().total >= diesAfter) child.kill("SIGKILL");
  }, 5);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(watch);
      resolve({ code, said });
    });
  });
}

function left(): string[] {
  const { machines, volumes, addresses, privateNics, others } = emulator.leftovers();
  const apart = [...machines, ...volumes, ...addresses, ...privateNics];
  return [...apart, ...others].map(({ name, id }) => name || id);
}

const up = (greeting = "hello", diesAfter?: number) =>
  run(["alchemy.run.ts"], { GREETING: greeting }, diesAfter);
const down = () => run(["alchemy.run.ts", "--destroy"]);

async function succeeds(ended: Promise<Ended>): Promise<string> {
  const { code, said } = await ended;
  assert.equal(code, 0, said);
  return said;
}

test("the example's types resolve from the packed packages, as a user's project sees them", async () => {
  const tsc = [join(root, "node_modules/.bin/tsc"), "-p", "tsconfig.json"];
  await succeeds(run(tsc));
  const wrong = `import { Vpc } from "@mayfly/alchemy";\nawait Vpc("main", { region: 5 });\n`;
  const file = join(project.folder, "wrong.ts");
  writeFileSync(file, wrong);
  const { code, said } = await run(tsc);
  rmSync(file);
  assert.notEqual(code, 0);
  assert.match(said, /wrong\.ts\(2,\d+\): error TS2322/);
});

test("the example goes up, changes, and down, and leaves nothing", async () => {
  const said = await succeeds(up());
  assert.match(said, /^http:\/\/[\d.]+$/m);
  assert.match(said, /^database: orders on 10\.0\.0\.\d+:\d+$/m);
  const { machines } = emulator.leftovers();
  assert.deepEqual(
    machines.map(({ state }) => state),
    ["running", "running"],
  );

  await succeeds(up("good morning"));
  const changed = emulator.leftovers().machines;
  assert.deepEqual(
    changed.map(({ id }) => id),
    machines.map(({ id }) => id),
  );
  assert.ok(changed.every(({ tags }) => tags.includes("greeting:good morning")));

  await succeeds(down());
  assert.deepEqual(left(), []);
});

test("the example that is killed in the middle goes up with the next run, and down, and leaves nothing", async () => {
  const killed = await up("hello", 60);
  assert.equal(killed.code, null, killed.said);
  assert.notDeepEqual(left(), []);
  await succeeds(up());
  assert.equal(emulator.leftovers().machines.length, 2);
  await succeeds(down());
  assert.deepEqual(left(), []);
});
