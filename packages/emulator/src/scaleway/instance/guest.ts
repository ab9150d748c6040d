import type { World } from "../../world.ts";
import { servers } from "./rows.ts";
import type { ServerRow } from "./rows.ts";

const FINGERPRINTS = "ssh-host-fingerprints";

/** What the system in a machine does when it is up: the cloud's images publish their host keys as user data. */
export function reportGuest(world: World, row: ServerRow, at: number): void {
  if (FINGERPRINTS in row.userData) return;
  const hash = (): string => Buffer.from(world.random.hex(64), "hex").toString("base64").replace(/=+$/, "");
  const keys = ["256 ECDSA", "256 ED25519", "3072 RSA"].map((key) => {
    const [bits, kind] = key.split(" ");
    return `${bits} SHA256:${hash()} root@${row.name} (${kind})`;
  });
  servers(world).put({ ...row, userData: { ...row.userData, [FINGERPRINTS]: keys.join("\n") } }, at);
}
