import type { Volumes } from "../providers/resources/volumes.ts";
import { createVolumes } from "../providers/scaleway/volumes.ts";
import { anEmulatedScaleway, EMULATED_PROJECT } from "./emulated-scaleway.ts";
import type { EmulatedScaleway } from "./emulated-scaleway.ts";

/** An emulated Scaleway and its block volumes. */
export interface VolumeWorld extends EmulatedScaleway {
  /** Each call lets the time pass that it waits for. */
  volumes: Volumes;
  /** Made by somebody else, unless it has our tags. */
  aVolume(name: string, tags?: string[]): Promise<string>;
  /** One that runs, with a root volume and another one. */
  aServer(): Promise<{ id: string; volumes: string[] }>;
  volumesOf(serverId: string): Promise<string[]>;
  /** The ids of all volumes that there are. */
  left(): string[];
}

export const VOLUMES = "/block/v1/zones/fr-par-1/volumes";
export const SERVERS = "/instance/v1/zones/fr-par-1/servers";

export function aVolumeWorld(): VolumeWorld {
  const cloud = anEmulatedScaleway();
  const { call, clock, emulator, passing } = cloud;
  const volumes = createVolumes(cloud.clients());

  async function aVolume(name: string, tags: string[] = []): Promise<string> {
    const body = { name, project_id: EMULATED_PROJECT, perf_iops: 5000, from_empty: { size: 20e9 }, tags };
    const { id } = await call<{ id: string }>("POST", VOLUMES, body);
    await clock.advance(5_000);
    return id;
  }

  async function aServer(): Promise<{ id: string; volumes: string[] }> {
    const from = { commercial_type: "DEV1-S", image: "ubuntu_noble", project: EMULATED_PROJECT };
    const more = { "1": { id: await aVolume("other"), volume_type: "sbs_volume" } };
    const body = { name: "lab", ...from, volumes: more };
    const { server } = await call<{ server: { id: string } }>("POST", SERVERS, body);
    await call("POST", `${SERVERS}/${server.id}/action`, { action: "poweron" });
    await clock.advance(60_000);
    return { id: server.id, volumes: await volumesOf(server.id) };
  }

  async function volumesOf(serverId: string): Promise<string[]> {
    const path = `${SERVERS}/${serverId}`;
    const { server } = await call<{ server: { volumes: Record<string, { id: string }> } }>("GET", path);
    return Object.values(server.volumes).map(({ id }) => id);
  }

  return {
    ...cloud,
    volumes: {
      placeOf: volumes.placeOf,
      list: (...args) => passing(volumes.list(...args)),
      find: (...args) => passing(volumes.find(...args)),
      ensure: (...args) => passing(volumes.ensure(...args)),
      delete: (...args) => passing(volumes.delete(...args)),
      attach: (...args) => passing(volumes.attach(...args)),
      detach: (...args) => passing(volumes.detach(...args)),
      resize: (...args) => passing(volumes.resize(...args)),
      snapshot: (...args) => passing(volumes.snapshot(...args)),
    },
    aVolume,
    aServer,
    volumesOf,
    left: () => emulator.leftovers().volumes.map(({ id }) => id),
  };
}
