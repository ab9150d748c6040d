import type { Probe } from "../probe/probe.ts";
import type { FakeCloud } from "../providers/fake/fake-cloud.ts";

/** Reaches the machines of the fake cloud. */
export const createFakeProbe = (cloud: Pick<FakeCloud, "exists" | "knobs">): Probe => ({
  async ssh(addresses) {
    const { machines } = cloud.exists();
    const there = machines.filter(({ ip, state }) => state === "running" && addresses.includes(ip));
    return there.some(cloud.knobs.greets) ? { kind: "ready" } : { kind: "not-yet", why: "refused" };
  },
});
