import type { InstanceView } from "../api/instance-view.ts";
import { readSwimOrder } from "../api/swim-order.ts";
import { swimRequest } from "../api/swim-request.ts";
import { UserError } from "../api/user-error.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./context.ts";
import { readOrderFile } from "./read-order-file.ts";
import { standing } from "./wait-for.ts";
import { watchInstance } from "./watch-instance.ts";
import { withAccount } from "./with-account.ts";

const ATTEMPTS = 3;

/** Makes one machine and waits for it; the service of this home ends it on time. */
export async function orderOne(context: Context, given: Arguments): Promise<number> {
  const order = readSwimOrder(given.text("interactive")!);
  if (Array.isArray(order)) throw new UserError("usage", { exitCode: 2, problems: order });
  const account = given.text("account");
  const request = {
    ...swimRequest(order, readOrderFile(order, given)),
    ...(account !== undefined && { account }),
  };
  const idempotencyKey = crypto.randomUUID();
  for (let attempt = 1; ; attempt++) {
    try {
      const instance = await withAccount(context, given, async (client) => {
        const { id } = await client.create(request, { idempotencyKey });
        return watchInstance(client, id, { seen: (now) => standing(now, "running") !== "waiting" });
      });
      return show(context, instance);
    } catch (error) {
      // The same key: what was made by an answer that got lost is answered again.
      if (!(error instanceof ServiceUnreachable) || attempt === ATTEMPTS) throw error;
    }
  }
}

function show(context: Context, instance: InstanceView): number {
  const { machineName, name, machineId = "", ips, phase, createdAt, expiresAt, id } = instance;
  if (standing(instance, "running") === "failed")
    throw new UserError(
      `${machineName ?? name} could not be made: ${instance.lastError?.message ?? instance.reason ?? phase}`,
      { suggestion: `all that was made for it is deleted; mayfly status ${id} shows how that goes` },
    );
  const ipv6 = ips.find((ip) => ip.includes(":")) ?? "";
  const server = {
    id: machineId,
    name: machineName ?? name,
    ipv6,
    state: phase,
    provisioned_at: createdAt,
    deletion_at: expiresAt,
    instance: id,
  };
  if (context.json) context.out(JSON.stringify(server));
  else context.out([`name     ${server.name}`, `id       ${machineId}`, `address  ${ipv6}`].join("\n"));
  return 0;
}
