import type { ProblemItem } from "../api/problem.ts";
import type { Command } from "./command.ts";
import { EMULATED_SECRET_KEY, emulatedAccount } from "./emulated-account.ts";
import { expectRead } from "./expect-read.ts";
import { aborted, untilInterrupted } from "./until-interrupted.ts";
import { UserError } from "../api/user-error.ts";
import { wholeNumber } from "./whole-number.ts";

const MOST_TIME_SCALE = 10_000;

export const emulator: Command = {
  summary: "Run an emulated Scaleway alone, to try things without an account",
  usage: ["[--port N] [--time-scale 20] [--state FILE] [--control]"],
  takes: [0, 0],
  options: {
    port: { value: "N", help: "on this port of the loopback interface (default: a free one)" },
    "time-scale": {
      value: "N",
      help: "how much faster than the real one it boots and stops machines (default: 1)",
    },
    state: { value: "FILE", help: "keep its machines in this file" },
    control: { help: "serve /_emulator: clock, faults, leftovers, calls, bill" },
  },
  details: `Prints the environment that points Mayfly, scw, the SDKs and Terraform at it, then serves until Ctrl-C.
What it does and does not: docs/guide/emulator.md`,
  async run(context, given) {
    const { port = 0, timeScale } = expectRead({
      port: wholeNumber(given, "port", [0, 65_535]),
      timeScale: readTimeScale(given.text("time-scale") ?? "1"),
    });
    const { createEmulator, DEFAULT_PROJECT_ID } = await import("@mayfly/emulator");
    const { emulatorGuest } = await import("./emulator-guest.ts");
    const interrupted = untilInterrupted(5_000);
    const stateFile = given.text("state");
    const cloud = orSuggest("name another file with --state, or none", () =>
      createEmulator({
        timeScale,
        secretKey: EMULATED_SECRET_KEY,
        strictProjects: true,
        control: given.flag("control"),
        guest: emulatorGuest,
        ...(stateFile !== undefined && { stateFile }),
      }),
    );
    const { url, close } = await cloud.listen({ port }).catch((error: unknown) => {
      throw new UserError(
        `listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`,
        {
          suggestion: "choose another --port, or none for a free one",
        },
      );
    });
    const env = emulatedAccount(url, DEFAULT_PROJECT_ID);
    if (context.json) context.out(JSON.stringify({ url, env }));
    else for (const [name, value] of Object.entries(env)) context.out(`export ${name}=${value}`);
    await aborted(interrupted);
    await close();
    return 0;
  },
};

function readTimeScale(text: string): number | ProblemItem {
  const scale = text.trim() === "" ? Number.NaN : Number(text);
  if (scale > 0 && scale <= MOST_TIME_SCALE) return scale;
  return { path: "--time-scale", message: `"${text}" is not a number above 0, up to ${MOST_TIME_SCALE}` };
}

function orSuggest<T>(suggestion: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), { suggestion });
  }
}
