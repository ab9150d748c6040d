import { listAll, waitUntilGone } from "@mayfly/scaleway";
import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { Kind } from "../../kind.ts";
import { discard, RHYTHM } from "../../patience.ts";
import { idOf } from "../../reference.ts";
import { reveal } from "../../secret.ts";
import { sorted } from "../../sorted.ts";
import { getRdb, rdbReady } from "./rdb-ready.ts";
import type { RdbEndpoint, RdbInstance, RdbInstanceProps } from "./rdb-instance-props.ts";
import { removeCopies } from "./remove-copies.ts";
import { updateRdbInstance } from "./update-rdb-instance.ts";

const GONE_WITHIN_MS = 1_800_000;

/**
 * https://www.scaleway.com/en/developers/api/managed-database-postgre-mysql
 *
 * @example
 * const server = await RdbInstance("db", {
 *   engine: "PostgreSQL-15",
 *   password: alchemy.secret(process.env.DB_PASSWORD),
 *   privateNetwork: network,
 * });
 */
export const rdbInstance: Kind<RdbInstanceProps, RdbInstance, Rdbv1.Instance> = {
  name: "RdbInstance",
  noun: "database server",
  place: (cloud, { region }) => region ?? cloud.region,
  placeOf: ({ region }) => region,
  problems: ({ volumeGb = 10 }) =>
    Number.isInteger(volumeGb / 5) && volumeGb > 0 ? [] : [`volumeGb ${volumeGb} is not a multiple of 5`],

  list: (cloud, { place: region, projectId, tag, name }) =>
    listAll(
      async (page, pageSize) => {
        const tags = tag === undefined ? undefined : [tag];
        const query = { region, page, pageSize, projectId, name, tags, orderBy: "created_at_asc" } as const;
        const { instances, totalCount } = await cloud.rdb.listInstances(query);
        return { items: instances, totalCount };
      },
      { what: `database servers of ${region}`, oldestFirst: true },
    ),
  async read(cloud, { id: instanceId, place: region }) {
    const found = await getRdb(cloud, { instanceId, region });
    return found?.status === "deleting" ? undefined : found;
  },
  create(cloud, { name, tags, projectId, place: region, props }) {
    const { engine = ENGINE, nodeType = NODE, volumeType = "lssd", volumeGb = 10, privateNetwork } = props;
    return cloud.rdb.createInstance({
      region,
      name,
      tags,
      projectId,
      engine,
      nodeType,
      userName: props.userName ?? ADMIN,
      password: reveal(props.password),
      isHaCluster: props.highAvailability ?? false,
      disableBackup: props.disableBackups ?? false,
      backupSameRegion: false,
      volumeType,
      volumeSize: volumeType === "lssd" ? 0 : volumeGb * 1e9,
      initEndpoints: [
        ...(isPublic(props) ? [{ loadBalancer: {} }] : []),
        ...(privateNetwork === undefined
          ? []
          : [{ privateNetwork: { privateNetworkId: idOf(privateNetwork), ipamConfig: {} } }]),
      ],
    });
  },
  async settle(cloud, { id: instanceId, place: region }) {
    await rdbReady(cloud, { instanceId, region });
  },
  update: updateRdbInstance,
  async remove(cloud, at, { props }) {
    const { clock } = cloud;
    const [instanceId, region] = [at.id, at.place];
    const what = `database server ${instanceId} to go`;
    if (props.keepBackups !== true) await removeCopies(cloud, at);
    await discard(clock, what, () => cloud.rdb.deleteInstance({ instanceId, region }));
    const look = () => cloud.rdb.getInstance({ instanceId, region });
    await waitUntilGone(look, { clock, what, timeoutMs: GONE_WITHIN_MS, ...RHYTHM });
  },
  // One that the cloud made while the server went.
  async removeRest(cloud, place, { props, known }) {
    if (known !== undefined && props.keepBackups !== true) await removeCopies(cloud, { id: known.id, place });
  },

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ projectId }) => projectId, replaces: true },
    engine: { want: ({ props }) => props.engine ?? ENGINE, is: ({ engine }) => engine, replaces: true },
    fewerNodes: {
      want: ({ props }) => ((props.highAvailability ?? false) ? undefined : false),
      is: ({ isHaCluster }) => isHaCluster,
      replaces: true,
    },
    name: { want: ({ name }) => name, is: ({ name }) => name },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
    nodeType: {
      want: ({ props }) => (props.nodeType ?? NODE).toLowerCase(),
      is: ({ nodeType }) => nodeType.toLowerCase(),
    },
    highAvailability: {
      want: ({ props }) => props.highAvailability ?? false,
      is: ({ isHaCluster }) => isHaCluster,
    },
    volumeType: { want: ({ props }) => props.volumeType ?? "lssd", is: ({ volume }) => volume?.type },
    volumeGb: {
      want: ({ props }) => ((props.volumeType ?? "lssd") === "lssd" ? undefined : (props.volumeGb ?? 10)),
      is: ({ volume }) => (volume?.size ?? 0) / 1e9,
    },
    backups: {
      want: ({ props }) => props.disableBackups ?? false,
      is: ({ backupSchedule }) => backupSchedule?.disabled ?? false,
    },
    endpoints: {
      want: ({ props }) => [isPublic(props), props.privateNetwork && idOf(props.privateNetwork)],
      is: ({ endpoints }) => [
        endpoints.some((each) => each.privateNetwork === undefined),
        endpoints.find((each) => each.privateNetwork !== undefined)?.privateNetwork?.privateNetworkId,
      ],
    },
    // The cloud does not show it: it is set with each change, and once when it is made.
    password: { want: () => "set", is: () => "unknown" },
  },
  attributes: ({ id, name, region, projectId, engine, nodeType, isHaCluster, volume, tags, endpoints }) => ({
    id,
    name,
    region,
    projectId,
    engine,
    nodeType,
    highAvailability: isHaCluster,
    volumeType: volume?.type ?? "",
    volumeGb: (volume?.size ?? 0) / 1e9,
    tags,
    publicEndpoint: shown(endpoints.find((each) => each.privateNetwork === undefined)),
    privateEndpoint: shown(endpoints.find((each) => each.privateNetwork !== undefined)),
  }),
};

const ENGINE = "PostgreSQL-15";
const NODE = "DB-DEV-S";
const ADMIN = "admin";

const isPublic = ({ publicEndpoint, privateNetwork }: RdbInstanceProps): boolean =>
  publicEndpoint ?? privateNetwork === undefined;

const shown = (endpoint: Rdbv1.Endpoint | undefined): RdbEndpoint | undefined =>
  endpoint && {
    ip: endpoint.ip,
    hostname: endpoint.hostname,
    port: endpoint.port,
    privateNetworkId: endpoint.privateNetwork?.privateNetworkId,
  };
