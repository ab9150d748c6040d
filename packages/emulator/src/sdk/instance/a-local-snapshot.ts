import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Emulator } from "../../emulator.ts";

/** A snapshot of a local volume, ready for use. */
export async function aLocalSnapshot(
  { instance, emulator }: { instance: Instancev1.API; emulator: Emulator },
  given: { name?: string; volumeId?: string } = {},
): Promise<Instancev1.Snapshot> {
  const { name = "before" } = given;
  const volumeId =
    given.volumeId ??
    (await instance.createVolume({ name: "data", volumeType: "l_ssd", size: 10e9 })).volume!.id;
  const { snapshot } = await instance.createSnapshot({ name, volumeId });
  emulator.advance(60);
  return snapshot!;
}
