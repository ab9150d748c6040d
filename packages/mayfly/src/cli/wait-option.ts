import type { Client } from "../client/client.ts";
import type { InstanceView } from "../api/instance-view.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";
import type { Option } from "./command.ts";
import { describeInstance } from "./describe-instance.ts";
import type { Goal } from "./wait-for.ts";

/** The bound of `--wait`, unless told otherwise: the service gives up provisioning before. */
const TIMEOUT_MS = 900_000;

export const waitOption: Readonly<Record<string, Option>> = {
  wait: { help: "wait until it is done, and show how it goes" },
};

/** Shows the instance, after waiting when that was asked for. */
export async function showOrWait(
  context: Context,
  given: Arguments,
  options: { client: Client; instance: InstanceView; goal: Goal; timeoutMs?: number },
): Promise<number> {
  const { client, instance, goal, timeoutMs = TIMEOUT_MS } = options;
  if (given.flag("wait")) {
    const { waitFor } = await import("./wait-for.ts");
    await waitFor(context, client, instance.id, { goal, timeoutMs });
  } else context.out(context.json ? JSON.stringify(instance) : describeInstance(context, instance));
  return 0;
}
