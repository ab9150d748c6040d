import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProblemItem } from "../api/problem.ts";
import { readArguments, splitCommand } from "./arguments.ts";
import type { Command } from "./command.ts";

const command: Command = {
  summary: "",
  usage: ["REF"],
  takes: [1, 2],
  options: {
    lifetime: { value: "DURATION", short: "d", help: "" },
    "user-data": { value: "FILE", help: "" },
    tag: { value: "TAG", multiple: true, help: "" },
    wait: { help: "" },
  },
  run: async () => 0,
};

const read = (...argv: string[]) => readArguments("try", command, argv);

async function problemsOf(...argv: string[]): Promise<readonly ProblemItem[]> {
  const error = await read(...argv).then(
    () => assert.fail("it was accepted"),
    (error: { problems: readonly ProblemItem[]; exitCode: number }) => error,
  );
  assert.equal(error.exitCode, 2);
  return error.problems;
}

test("a command is found behind global options, and they are kept", () => {
  assert.deepEqual(splitCommand(["--json", "--home", "/h", "list", "--all"]), {
    name: "list",
    rest: ["--json", "--home", "/h", "--all"],
  });
  assert.deepEqual(splitCommand(["--home=/h", "list"]), { name: "list", rest: ["--home=/h"] });
  assert.equal(splitCommand(["--help"]).name, undefined);
});

test("options come in every spelling", async () => {
  const given = await read(
    "-d",
    "1h",
    "lab",
    "--tag",
    "a",
    "--tag=b",
    "--wait",
    "--json",
    "--user-data",
    "-",
  );
  assert.equal(given.text("lifetime"), "1h");
  assert.deepEqual(given.texts("tag"), ["a", "b"]);
  assert.equal(given.text("user-data"), "-");
  assert.deepEqual([given.flag("wait"), given.flag("json"), given.flag("help")], [true, true, false]);
  assert.deepEqual(given.positionals, ["lab"]);
});

test("a value may look like an option when it is joined to its own", async () => {
  assert.equal((await read("lab", "--lifetime=--json")).text("lifetime"), "--json");
});

test("everything wrong is told at once, with what was meant", async () => {
  const problems = await problemsOf("lab", "--lifetme", "--tag", "--wait", "--wait=no", "--quux");
  assert.deepEqual(
    problems.map(({ path, suggestion }) => [path, suggestion]),
    [
      ["--lifetme", "did you mean --lifetime?"],
      ["--tag", "--tag TAG"],
      ["--wait", undefined],
      ["--quux", undefined],
    ],
  );
});

test("a number or a duration below nothing is called that, whether it is an argument or a value", async () => {
  assert.deepEqual(await problemsOf("lab", "-30m", "--lifetime", "-1h"), [
    { path: "-30m", message: "it is less than nothing", suggestion: "leave the - away" },
    { path: "--lifetime", message: '"-1h" is less than nothing', suggestion: "leave the - away" },
  ]);
});

test("too few and too many arguments are refused", async () => {
  assert.match((await problemsOf())[0]?.message ?? "", /missing/);
  assert.match((await problemsOf("a", "b", "c"))[0]?.message ?? "", /too many/);
});

test("help is given without the arguments that a command needs", async () => {
  assert.equal((await read("--help")).flag("help"), true);
});
