import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Child } from "./child.ts";
import { startCloudProcess } from "./cloud-process.ts";
import type { CloudProcess } from "./cloud-process.ts";
import { openGate } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { startServiceProcess } from "./service-process.ts";
import type { ServiceProcess, ServiceProcessOptions } from "./service-process.ts";

/** Real processes around one home. All of them end, and the home goes, when `t` does, a test for example. */
export interface ProcessScene {
  home: string;
  startCloud(options?: Parameters<typeof startCloudProcess>[1]): Promise<CloudProcess>;
  /** A way to the cloud that can be barred, and what a service needs to take it. */
  openGate(cloud: CloudProcess): Promise<Gate & Pick<CloudProcess, "env">>;
  /** On the scene's home, if no other is given; one more is refused while one runs. */
  startService(options: Omit<ServiceProcessOptions, "home"> & { home?: string }): Promise<ServiceProcess>;
}

export function processScene(t: { after(clean: () => Promise<void>): void }): ProcessScene {
  // Short: a socket lies in it.
  const home = mkdtempSync(join(tmpdir(), "mayfly-test-"));
  const children: Child[] = [];
  const gates: Gate[] = [];
  const keep = (child: Child) => void children.push(child);
  t.after(async () => {
    await Promise.all(children.map((child) => child.kill()));
    await Promise.all(gates.map((gate) => gate.close()));
    rmSync(home, { recursive: true, force: true });
  });
  return {
    home,
    // Far faster than the real one, but not so fast that nothing is ever under way.
    startCloud: (options) => startCloudProcess(keep, { timeScale: 20, ...options }),
    async openGate(cloud) {
      const gate = await openGate(cloud.env["SCW_API_URL"]!);
      gates.push(gate);
      return { ...gate, env: { ...cloud.env, SCW_API_URL: gate.url } };
    },
    startService: (options) => startServiceProcess(keep, { home, ...options }),
  };
}
