import assert from "node:assert/strict";
import { join } from "node:path";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";
import { eventually } from "./eventually.ts";
import type { ProcessScene } from "./process-scene.ts";

/** `npm start` without its installing and building, in the home of a scene. It ends when `t` does. */
export function startDemo(
  { home }: Pick<ProcessScene, "home">,
  t: { after(clean: () => Promise<void>): void },
  args: readonly string[] = [],
): Child & { shows(what: RegExp): Promise<void> } {
  const env = { MAYFLY_HOME: join(home, "demo") };
  const child = startChild("run-mayfly.ts", { args: ["demo", ...args], env, cwd: home });
  t.after(() => child.kill());
  return {
    ...child,
    shows: (what) => eventually(() => assert.match(child.out(), what), { boundMs: 60_000 }),
  };
}
