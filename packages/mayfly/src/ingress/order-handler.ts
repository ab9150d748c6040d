import { createInstanceSchema } from "../api/create-instance.ts";
import { readSwimOrder } from "../api/swim-order.ts";
import { swimRequest } from "../api/swim-request.ts";
import type { DutyHeld } from "../store/store.ts";
import type { SwimPorts } from "./swim-ports.ts";
import type { SwimQueue } from "./swim-queue.ts";

/** Makes a row of an order. The cloud is not asked: what it refuses fails the instance. */
export function createOrderHandler(
  { commands, readCloudInit, log }: SwimPorts,
  account: string,
  duty?: DutyHeld,
): SwimQueue["handle"] {
  return async (payload, deliveryKey) => {
    const order = readSwimOrder(payload);
    if (Array.isArray(order)) return order;
    const { cloudInit } = order;
    const userData = "content" in cloudInit ? cloudInit.content : await readCloudInit(cloudInit.file);
    if (typeof userData !== "string") return [userData];
    const request = createInstanceSchema.safeParse({ ...swimRequest(order, userData), account });
    if (!request.success)
      return request.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    const { instance, created } = await commands.accept(request.data, {
      key: deliveryKey,
      ...(duty && { duty }),
    });
    log.info(
      {
        instance: instance.id,
        server: order.serverName,
        user: order.webUsername,
        lab: order.webLabId,
        created,
      },
      "an order was accepted",
    );
    return [];
  };
}
