import type { Blockv1 } from "@mayfly/scaleway";
import { waitUntil } from "@mayfly/scaleway";
import { ProviderError } from "../error.ts";
import type { Clients } from "./clients.ts";
import { orAbsent } from "./or-absent.ts";

export interface VolumeAt {
  id: string;
  zone: string;
}

/**
 * Looks every 2 s, for 2 minutes at most, until the volume is so; undefined as soon as there is none. A volume that failed
 * and isn't so is a `conflict`.
 */
export async function awaitVolume(
  clients: Clients,
  at: VolumeAt,
  isSo: (volume: Blockv1.Volume) => boolean,
): Promise<Blockv1.Volume | undefined> {
  const { clock, signal } = clients;
  const { volume } = await waitUntil(
    async () => {
      const volume = await lookAtVolume(clients, at);
      if (volume === undefined || isSo(volume)) return { volume };
      if (volume.status === "error")
        throw new ProviderError("conflict", `the cloud failed to make volume ${at.id}; delete it`);
      return undefined;
    },
    { clock, signal, what: `volume ${at.id}`, timeoutMs: 120_000, everyMs: 2_000 },
  );
  return volume;
}

/** Undefined when there is none. */
export async function lookAtVolume(
  { read }: Clients,
  { id: volumeId, zone }: VolumeAt,
): Promise<Blockv1.Volume | undefined> {
  const volume = await orAbsent(() => read.block.getVolume({ volumeId, zone }));
  return volume?.status === "deleted" ? undefined : volume;
}

/** Nothing is being done to it. */
export const isSettled = ({ status }: Blockv1.Volume): boolean =>
  status === "available" || status === "in_use";
