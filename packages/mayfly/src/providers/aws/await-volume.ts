import type { Volume } from "@aws-sdk/client-ec2";
import { ProviderError } from "../error.ts";
import type { Clients } from "./clients.ts";
import { describe } from "./describe.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";

const EVERY_MS = 2_000;
const WITHIN_MS = 120_000;

/** Looks every 2 s, for 2 minutes at most, until the volume is so. Throws `Refused` when there is none. */
export async function awaitVolume(
  { clock, ec2 }: Clients,
  { id, zone, signal }: { id: string; zone: string; signal?: AbortSignal | undefined },
  isSo: (volume: Volume) => boolean,
): Promise<Volume> {
  const deadline = clock.monotonic() + WITHIN_MS;
  for (;;) {
    const filters = [{ Name: "volume-id", Values: [id] }];
    const [volume] = await describe.volumes(await ec2("read", regionOf(zone)), filters, signal);
    if (volume === undefined || volume.State === "deleting" || volume.State === "deleted")
      throw new Refused(`there is no volume ${id} in ${zone}`);
    if (isSo(volume)) return volume;
    if (volume.State === "error")
      throw new ProviderError("conflict", `the cloud failed to make volume ${id}; delete it`);
    if (clock.monotonic() >= deadline)
      throw new ProviderError("unavailable", `volume ${id} is ${volume.State} for ${WITHIN_MS / 1000} s`);
    await clock.sleep(EVERY_MS, signal);
  }
}
