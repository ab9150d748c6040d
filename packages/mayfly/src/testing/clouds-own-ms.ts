import assert from "node:assert/strict";
import type { CloudProcess } from "./cloud-process.ts";
import { eventually } from "./eventually.ts";

const ZONE = "/instance/v1/zones/fr-par-1";

/** How long this cloud takes to make one machine and boot it, for somebody who asks at once and looks all the time. */
export async function cloudsOwnMs(cloud: CloudProcess): Promise<number> {
  const began = Date.now();
  const { server } = await cloud.call<{ server: { id: string } }>("POST", `${ZONE}/servers`, {
    name: "own",
    commercial_type: "DEV1-S",
    image: "ubuntu_jammy",
    dynamic_ip_required: false,
  });
  const path = `${ZONE}/servers/${server.id}`;
  await cloud.call("POST", `${path}/action`, { action: "poweron" });
  await eventually(
    async () => {
      const now = await cloud.call<{ server: { state: string } }>("GET", path);
      assert.equal(now.server.state, "running");
    },
    { boundMs: 60_000, everyMs: 10 },
  );
  return Date.now() - began;
}
