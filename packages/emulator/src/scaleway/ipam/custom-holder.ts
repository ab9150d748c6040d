import { required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import type { Holder } from "./rows.ts";

const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

/** Something of the caller's own that takes an address by its MAC address. */
export function customHolder(world: World, body: Body): Holder {
  const macAddress = macOf(body);
  return { type: "custom", id: world.random.uuid(), macAddress, name: text(body, "name") ?? null };
}

export function macOf(body: Body): string {
  const mac = required(body, "mac_address");
  if (!MAC.test(mac)) throw invalidArgument("mac_address", "format", "value must be a valid MAC address");
  return mac;
}
