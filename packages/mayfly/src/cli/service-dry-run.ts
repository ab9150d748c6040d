import { readRedisAddress } from "../api/redis-address.ts";
import { UserError } from "../api/user-error.ts";
import type { DryOrder } from "../dry-run.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";

/** What would be made of an order, or of all that wait in the queue, and what it would cost. Changes nothing anywhere. */
export async function dryRun(context: Context, given: Arguments): Promise<number> {
  const { judgeOrders, waitingOrders } = await import("../dry-run.ts");
  const payload = given.text("interactive");
  const payloads = payload === undefined ? await waiting() : [payload];
  const account = given.text("account");
  const orders = await judgeOrders(payloads, {
    home: context.home,
    env: context.env,
    cloudInitFolder: given.text("cloud-init-dir") ?? process.cwd(),
    ...(account !== undefined && { account }),
  });
  if (context.json) context.out(JSON.stringify(payload === undefined ? orders : orders[0]));
  else if (orders.length === 0) context.out("no order waits");
  else for (const order of orders) context.out(described(order));
  return orders.some(({ problems }) => problems.length > 0) ? 1 : 0;

  async function waiting(): Promise<string[]> {
    const redis = readRedisAddress(given.text("redis")!, context.env["REDIS_PASSWORD"]);
    if ("message" in redis) throw new UserError("usage", { exitCode: 2, problems: [redis] });
    return waitingOrders(redis, given.text("key-prefix"));
  }
}

function described({ name, machine, problems }: DryOrder): string {
  if (machine === undefined || problems.length > 0)
    return [
      `${name ?? "an order"} could not be made:`,
      ...problems.map(({ path, message, suggestion }) => {
        const what = path === "" ? message : `${path}: ${message}`;
        return `  ${what}${suggestion === undefined ? "" : ` (${suggestion})`}`;
      }),
    ].join("\n");
  const { type, image, zone, securityGroup, ttlMinutes, userDataBytes, tags, cost } = machine;
  return [
    `${name} would be made: ${type} with ${image} in ${zone}, security group ${securityGroup}, a routed IPv6`,
    `  for ${ttlMinutes} minutes, ${userDataBytes} bytes of cloud-init, tags ${tags.join(" ")}`,
    `  cost of the machine for that time, without its disk and address: ${cost}`,
  ].join("\n");
}
