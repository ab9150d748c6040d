import type { World } from "../../world.ts";
import { SENTINELS } from "../seed/sentinels.ts";
import { ips, servers } from "./rows.ts";
import type { ServerRow } from "./rows.ts";

const FINGERPRINTS = "ssh-host-fingerprints";

/** What the system in a machine does when it is up: the cloud's images publish their host keys as user data, once. */
export function reportGuest(world: World, row: ServerRow, at: number): void {
  const { id, name, userData, commercialType } = row;
  const fails = commercialType === SENTINELS.guestFails;
  const written = { ...hostKeys(world, row), ...world.guest({ id, name, userData, fails }) };
  if (Object.keys(written).length === 0) return;
  servers(world).put({ ...row, userData: { ...userData, ...written } }, at);
}

/** Whether the system of the running machine with this public address is up. */
export function isUp(world: World, address: string): boolean {
  for (const { state, userData, dynamicIp, ipIds } of servers(world).all()) {
    const own = [dynamicIp?.address, ...ipIds.map((id) => ips(world).get(id)?.address)];
    if (own.includes(address)) return state === "running" && FINGERPRINTS in userData;
  }
  return false;
}

function hostKeys(world: World, row: ServerRow): Record<string, string> {
  if (FINGERPRINTS in row.userData) return {};
  const hash = (): string => Buffer.from(world.random.hex(64), "hex").toString("base64").replace(/=+$/, "");
  const keys = ["256 ECDSA", "256 ED25519", "3072 RSA"].map((key) => {
    const [bits, kind] = key.split(" ");
    return `${bits} SHA256:${hash()} root@${row.name} (${kind})`;
  });
  return { [FINGERPRINTS]: keys.join("\n") };
}
