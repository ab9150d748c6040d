import type { Clock } from "../../clock.ts";
import { ProviderError } from "../error.ts";
import type { Provider } from "../provider.ts";
import { expectImage } from "./expect-image.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import { createFakeProvider } from "./fake.ts";

/**
 * A provider like that of EC2 on the fake cloud: one call makes the machine with all its parts, a token tells a repeat of
 * it, and what came with a machine goes with it.
 */
export function createFakeEc2Provider(cloud: FakeCloud, clock: Clock, visibilityGapMs = 10_000): Provider {
  const provider = createFakeProvider(cloud, clock, visibilityGapMs);
  return {
    ...provider,
    name: "fake-ec2",
    async create(request) {
      const { marks, name, spec, footprint, shared, attempt = 1, onExpiry, found, made, fence } = request;
      // 1. Made by an earlier attempt, and not shown yet: the cloud accepted it.
      if (found === undefined && footprint.machine !== undefined) return;
      if (found === undefined) {
        expectImage(spec.image, marks.instanceId);
        fence();
        // 2. It has happened, or it has not.
        const machine = await cloud.runMachine({
          token: `${marks.instanceId}-${attempt}`,
          marks,
          name,
          zone: spec.zone,
          type: spec.type,
          volumes: (spec.volumes ?? []).map((volume) => volume.name),
          ...shared,
          ...(spec.userData !== undefined && { userData: spec.userData }),
          reports: spec.ready === "cloud-init",
          onShutdown: onExpiry === "delete" ? "terminate" : "stop",
        });
        const volumes = [machine.volume, ...(machine.volumes ?? [])].map((id) => ({ id, kind: "disk" }));
        return made({ machine: machine.id, volumes, addresses: machine.addresses });
      }
      // 3. An earlier one that was stopped before anybody knew that it ran.
      if (found.state === "stopped" || found.state === "halted") return cloud.powerOn(found.id);
      if (found.state === "stopping" || found.state === "unknown")
        throw new ProviderError("conflict", `create ${marks.instanceId}: ${found.id} is ${found.state}`);
    },
  };
}
