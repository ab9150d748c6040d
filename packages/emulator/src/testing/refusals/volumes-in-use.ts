import { SERVERS, VOLUMES } from "../a-cloud.ts";
import type { Cloud } from "../a-cloud.ts";
import { UNKNOWN } from "../ids.ts";
import { refusalOf } from "./refusal.ts";
import type { Refusal, RefusalRow } from "./refusal.ts";
import { bare, inTransit, invalid, precondition } from "./refused.ts";
import { BLOCK, BLOCK_VOLUME, idIn, LOCAL_VOLUME, made, SERVER, V1 } from "./requests.ts";
import { running } from "./wrong-states.ts";

const inUse = precondition(412, "resource_still_in_use");
const inUseOfOld = precondition(400, "resource_still_in_use");

const ROWS: readonly RefusalRow[] = [
  [
    "412 DELETE a block volume that a server has",
    async ({ aServer }) => ["DELETE", `${VOLUMES}/${(await aServer()).volumeId}`],
    inUse,
  ],
  [
    "412 DELETE a block volume that is being detached",
    async ({ aServer, call }) => {
      const server = await aServer();
      await call("DELETE", server.path);
      return ["DELETE", `${VOLUMES}/${server.volumeId}`];
    },
    inUse,
  ],
  [
    "412 attach-volume: one that another server has",
    async ({ aServer }) => {
      const [one, other] = [await aServer(), await aServer()];
      return ["POST", `${other.path}/attach-volume`, { volume_id: one.volumeId }];
    },
    inUse,
  ],
  [
    "412 POST servers: a volume that another server has",
    async ({ aServer }) => [
      "POST",
      SERVERS,
      { ...SERVER, volumes: { "1": { id: (await aServer()).volumeId } } },
    ],
    inUse,
  ],
  [
    "400 detach-volume: one that the server has not",
    async ({ aServer }) => ["POST", `${(await aServer()).path}/detach-volume`, { volume_id: UNKNOWN }],
    invalid("volume_id", "constraint", `Volume ${UNKNOWN} is not attached to this server`),
  ],
  [
    "400 DELETE a local volume that a server has",
    async (cloud) => ["DELETE", `${V1}/volumes/${await attachedLocalVolume(cloud)}`],
    inUseOfOld,
  ],
  [
    "412 attach-volume: a local one to a machine that runs",
    async (cloud) => {
      const volume = await made(cloud, `${V1}/volumes`, LOCAL_VOLUME, "volume");
      return ["POST", `${(await running(cloud)).path}/attach-volume`, { volume_id: idIn(volume) }];
    },
    bare("server should be stopped"),
  ],
  [
    "409 POST volumes: from a snapshot that is being made",
    async (cloud) => {
      const volume = idIn(await made(cloud, VOLUMES, BLOCK_VOLUME));
      const snapshot = idIn(await made(cloud, `${BLOCK}/snapshots`, { name: "s", volume_id: volume }));
      return ["POST", VOLUMES, { name: "copy", from_snapshot: { snapshot_id: snapshot } }];
    },
    ([, , body]) => {
      const { from_snapshot: from } = body as { from_snapshot: { snapshot_id: string } };
      return inTransit("snapshot", from.snapshot_id, "creating");
    },
  ],
  [
    "412 DELETE a block snapshot that an image has",
    async (cloud) => {
      const volume = idIn(await made(cloud, VOLUMES, BLOCK_VOLUME));
      const snapshot = await made(cloud, `${BLOCK}/snapshots`, { name: "s", volume_id: volume });
      await made(cloud, `${V1}/images`, { arch: "x86_64", root_volume: idIn(snapshot) }, "image");
      return ["DELETE", snapshot];
    },
    inUse,
  ],
  [
    "400 DELETE a local snapshot that an image has",
    async (cloud) => {
      const volume = idIn(await made(cloud, `${V1}/volumes`, LOCAL_VOLUME, "volume"));
      const snapshot = await made(cloud, `${V1}/snapshots`, { volume_id: volume }, "snapshot");
      await made(cloud, `${V1}/images`, { arch: "x86_64", root_volume: idIn(snapshot) }, "image");
      return ["DELETE", snapshot];
    },
    inUseOfOld,
  ],
];

/** Volumes and snapshots that something has, or that are on their way. */
export function volumesInUse(): Refusal[] {
  return ROWS.map(refusalOf);
}

async function attachedLocalVolume(cloud: Cloud): Promise<string> {
  const volume = idIn(await made(cloud, `${V1}/volumes`, LOCAL_VOLUME, "volume"));
  await cloud.aServer({ volumes: { "1": { id: volume } } });
  return volume;
}
