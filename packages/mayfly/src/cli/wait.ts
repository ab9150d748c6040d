import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { readDuration } from "./duration-option.ts";
import { UserError } from "../api/user-error.ts";
import { waitFor } from "./wait-for.ts";
import type { Goal } from "./wait-for.ts";

const goals: readonly Goal[] = ["running", "stopped", "deleted"];

export const wait: Command = {
  summary: "Wait until an instance is running, stopped or deleted",
  usage: ["REF [--for running|stopped|deleted] [--timeout 10m]"],
  takes: [1, 1],
  options: {
    for: { value: "PHASE", help: "running, stopped or deleted (default: running)" },
    timeout: { value: "DURATION", help: "give up after this (default: 10m); the instance goes on" },
  },
  async run(context, given) {
    const wanted = given.text("for") ?? "running";
    const goal = goals.find((one) => one === wanted);
    const timeoutMs = readDuration("--timeout", given.text("timeout") ?? "10m");
    const problems = [
      ...(goal ? [] : [{ path: "--for", message: `"${wanted}" is not one of ${goals.join(", ")}` }]),
      ...(typeof timeoutMs === "number" ? [] : [timeoutMs]),
    ];
    if (goal === undefined || typeof timeoutMs !== "number")
      throw new UserError("usage", { exitCode: 2, problems });
    await withService(context, (client) =>
      waitFor(context, client, given.positionals[0]!, { goal, timeoutMs }),
    );
    return 0;
  },
};
