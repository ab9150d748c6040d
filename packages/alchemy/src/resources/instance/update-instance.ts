import { waitUntil } from "@mayfly/scaleway";
import type { Cloud } from "../../cloud.ts";
import type { Change } from "../../kind.ts";
import { orAbsent } from "../../or-absent.ts";
import { discard, RHYTHM } from "../../patience.ts";
import { Refusal } from "../../refusal.ts";
import { fields } from "./fields.ts";
import { markRoot } from "./mark-root.ts";
import type { InstanceProps } from "./props.ts";
import { attachedIps, attachedVolumes, getServer } from "./whole.ts";
import type { RootVolume, WholeInstance } from "./whole.ts";

type InstanceChange = Change<InstanceProps, WholeInstance>;

/** In this order: a machine that is powered on has all that it is to boot with. */
export async function updateInstance(cloud: Cloud, change: InstanceChange): Promise<void> {
  const { id: serverId, place: zone, wanted, whole, changed } = change;
  const { server, root } = whole;
  const at = { serverId, zone };

  // 1. the root volume is known as ours before anything else can go wrong
  if (changed.has("rootMark") && root !== undefined) await markRoot(cloud, zone, root, wanted.mark);

  // 2. the machine itself
  const patch = {
    ...(changed.has("name") && { name: wanted.name }),
    ...(changed.has("tags") && { tags: fields.tags.want(wanted) }),
    ...(changed.has("dynamicIp") && { dynamicIpRequired: fields.dynamicIp.want(wanted) }),
    ...(changed.has("securityGroup") && {
      securityGroup: { id: fields.securityGroup.want(wanted) ?? "", name: "" },
    }),
  };
  if (Object.keys(patch).length > 0) await cloud.instance.updateServer({ ...at, ...patch });

  // 3. what it has, of others: first what it gives back
  if (changed.has("publicIps")) await exchangeIps(cloud, change, fields.publicIps.want(wanted));
  if (changed.has("volumes")) await exchangeVolumes(cloud, change, fields.volumes.want(wanted));
  const { rootVolumeGb } = wanted.props;
  if (changed.has("rootVolumeGb") && root !== undefined && rootVolumeGb !== undefined)
    await growRoot(cloud, zone, root, rootVolumeGb);

  // 4. what it reads when it boots
  if (changed.has("userData"))
    for (const [key, content] of Object.entries(fields.userData.want(wanted)))
      if (whole.userData[key] !== content) await cloud.instance.setServerUserData({ ...at, key, content });

  // 5. power
  if (changed.has("state"))
    await switchPower(cloud, change, server.state === "running" ? "poweroff" : "poweron");
}

async function switchPower(
  cloud: Cloud,
  { id: serverId, place: zone }: InstanceChange,
  action: "poweron" | "poweroff",
): Promise<void> {
  const { clock, instance } = cloud;
  // While a volume comes or goes, a machine takes no orders.
  const free = async () =>
    (await getServer(cloud, { id: serverId, place: zone }))?.allowedActions.includes(action) || undefined;
  const what = `instance ${serverId} to take orders`;
  await waitUntil(free, { clock, what, timeoutMs: 120_000, ...RHYTHM });
  await instance.serverAction({ serverId, zone, action });
}

async function growRoot(cloud: Cloud, zone: string, root: RootVolume, sizeGb: number): Promise<void> {
  const { id: volumeId } = root;
  if (sizeGb < root.sizeGb)
    throw new Refusal(
      `its root volume has ${root.sizeGb} GB and cannot shrink to ${sizeGb}; replace the instance`,
    );
  if (!root.isBlock)
    throw new Refusal(
      `its root volume is local, and cannot grow from ${root.sizeGb} GB to ${sizeGb}; replace the instance`,
    );
  await cloud.block.updateVolume({ volumeId, zone, size: sizeGb * 1e9 });
}

async function exchangeIps(cloud: Cloud, change: InstanceChange, wanted: string[]): Promise<void> {
  const { id: server, place: zone } = change;
  const had = attachedIps(change.whole.server);
  for (const ip of had.filter((each) => !wanted.includes(each)))
    await orAbsent(() => cloud.instance.updateIp({ ip, zone, server: null }));
  for (const ip of wanted.filter((each) => !had.includes(each)))
    await cloud.instance.updateIp({ ip, zone, server });
}

async function exchangeVolumes(cloud: Cloud, change: InstanceChange, wanted: string[]): Promise<void> {
  const { id: serverId, place: zone } = change;
  const { clock } = cloud;
  const had = attachedVolumes(change.whole.server);
  for (const volumeId of had.filter((each) => !wanted.includes(each)))
    await discard(clock, `volume ${volumeId} to come off`, () =>
      cloud.instance.detachServerVolume({ serverId, zone, volumeId }),
    );
  for (const volumeId of wanted.filter((each) => !had.includes(each))) {
    // Who had it before lets go of it late.
    const free = async () => {
      const { status } = await cloud.block.getVolume({ volumeId, zone });
      return status === "available" || undefined;
    };
    await waitUntil(free, { clock, what: `volume ${volumeId} to be free`, timeoutMs: 120_000, ...RHYTHM });
    await cloud.instance.attachServerVolume({
      serverId,
      zone,
      volumeId,
      volumeType: "sbs_volume",
      boot: false,
    });
  }
}
