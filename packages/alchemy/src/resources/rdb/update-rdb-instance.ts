import type { Rdbv1 } from "@mayfly/scaleway/products";
import type { Cloud } from "../../cloud.ts";
import type { Change } from "../../kind.ts";
import { orAbsent } from "../../or-absent.ts";
import { idOf } from "../../reference.ts";
import { Refusal } from "../../refusal.ts";
import { reveal } from "../../secret.ts";
import { rdbReady } from "./rdb-ready.ts";
import type { RdbInstanceProps } from "./rdb-instance-props.ts";

/** The server takes one order at a time, and is busy after each. */
export async function updateRdbInstance(
  cloud: Cloud,
  change: Change<RdbInstanceProps, Rdbv1.Instance>,
): Promise<void> {
  const { id: instanceId, place: region, wanted, whole, changed } = change;
  const { name, tags, props } = wanted;
  const { volumeType = "lssd", volumeGb = 10, nodeType = "DB-DEV-S", privateNetwork } = props;
  const at = { instanceId, region };
  const order = async (call: () => Promise<unknown>) => {
    await call();
    await rdbReady(cloud, at);
  };
  const size = whole.volume?.size ?? 0;
  if (changed.has("volumeGb") && !changed.has("volumeType") && volumeGb * 1e9 < size)
    throw new Refusal(`its volume has ${size / 1e9} GB and cannot shrink to ${volumeGb}; replace it`);
  if (changed.has("volumeType") && volumeType === "lssd")
    throw new Refusal("its volume cannot become a local one again; replace it, under another id");

  if (["name", "tags", "backups"].some((field) => changed.has(field)))
    await order(() =>
      cloud.rdb.updateInstance({
        ...at,
        name,
        tags,
        isBackupScheduleDisabled: props.disableBackups ?? false,
      }),
    );
  if (changed.has("nodeType")) await order(() => cloud.rdb.upgradeInstance({ ...at, nodeType }));
  if (changed.has("highAvailability"))
    await order(() => cloud.rdb.upgradeInstance({ ...at, enableHa: true }));
  if (changed.has("volumeType")) await order(() => cloud.rdb.upgradeInstance({ ...at, volumeType }));
  if (changed.has("volumeGb") && volumeGb * 1e9 > size)
    await order(() => cloud.rdb.upgradeInstance({ ...at, volumeSize: volumeGb * 1e9 }));

  if (changed.has("endpoints")) {
    const wantsPublic = props.publicEndpoint ?? privateNetwork === undefined;
    const network = privateNetwork && idOf(privateNetwork);
    const fits = (each: Rdbv1.Endpoint) =>
      each.privateNetwork === undefined ? wantsPublic : each.privateNetwork.privateNetworkId === network;
    for (const { id: endpointId } of whole.endpoints.filter((each) => !fits(each)))
      await order(() => cloud.rdb.deleteEndpoint({ region, endpointId }));
    const kept = whole.endpoints.filter(fits);
    if (wantsPublic && !kept.some((each) => each.privateNetwork === undefined))
      await order(() => cloud.rdb.createEndpoint({ ...at, endpointSpec: { loadBalancer: {} } }));
    if (network !== undefined && !kept.some((each) => each.privateNetwork !== undefined))
      await order(() =>
        cloud.rdb.createEndpoint({
          ...at,
          endpointSpec: { privateNetwork: { privateNetworkId: network, ipamConfig: {} } },
        }),
      );
  }
  const { userName = "admin" } = props;
  const user = await orAbsent(() =>
    cloud.rdb.updateUser({ ...at, name: userName, password: reveal(props.password) }),
  );
  if (user === undefined)
    throw new Refusal(
      `it has no user ${userName}; name the first one, as when it was made, or make one with RdbUser`,
    );
}
