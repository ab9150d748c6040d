import { listAll, waitUntil, waitUntilGone } from "@mayfly/scaleway";
import type { Instancev1 } from "@mayfly/scaleway";
import type { Cloud } from "../cloud.ts";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard, RHYTHM } from "../patience.ts";
import { idOf } from "../reference.ts";
import type { Reference } from "../reference.ts";
import { sorted } from "../sorted.ts";

export interface PrivateNicProps extends CommonProps {
  /** A change replaces it. */
  instance: Reference;
  /** Of the instance's region. An instance is in a network once. A change replaces it. */
  privateNetwork: Reference;
  /** The instance's. A change replaces it. @default the zone of `instance`, else SCW_DEFAULT_ZONE, else fr-par-1 */
  zone?: string;
  /** @default none */
  tags?: string[];
}

/** An instance's card in a private network. */
export interface PrivateNic extends CommonAttributes {
  /** A UUID. */
  id: string;
  instanceId: string;
  privateNetworkId: string;
  macAddress: string;
  /** `fr-par-1` */
  zone: string;
  /** With the mark of the resource. */
  tags: string[];
}

/**
 * https://www.scaleway.com/en/developers/api/instance/#path-private-nics
 *
 * @example
 * const network = await VpcPrivateNetwork("inside");
 * const web = await Instance("web");
 * await PrivateNic("web-inside", { instance: web, privateNetwork: network });
 */
export const privateNic: Kind<PrivateNicProps, PrivateNic, Instancev1.PrivateNIC> = {
  name: "PrivateNic",
  noun: "network card",
  place: (cloud, { zone, instance }) => {
    const its = typeof instance === "object" && "zone" in instance ? String(instance.zone) : undefined;
    return `${zone ?? its ?? cloud.zone}/${idOf(instance)}`;
  },
  placeOf: ({ zone, instanceId }) => `${zone}/${instanceId}`,
  nameOf: ({ privateNetwork }) => idOf(privateNetwork),
  uniqueName: true,

  async list(cloud, { place, tag }) {
    // With the instance goes every card of it.
    const all = await orAbsent(() =>
      listAll(
        async (page, perPage) => {
          const query = { ...at(place), page, perPage, tags: tag === undefined ? undefined : [tag] };
          const { privateNics, totalCount } = await cloud.instance.listPrivateNICs(query);
          return { items: privateNics, totalCount };
        },
        { what: `network cards of ${place}` },
      ),
    );
    return (all ?? []).map((nic) => ({ ...nic, name: nic.privateNetworkId, createdAt: nic.creationDate }));
  },
  read: async (cloud, { id, place }) => orAbsent(() => get(cloud, place, id)),
  async create(cloud, { place, tags, props: { privateNetwork } }) {
    const privateNetworkId = idOf(privateNetwork);
    const { privateNic } = await cloud.instance.createPrivateNIC({ ...at(place), privateNetworkId, tags });
    return { id: privateNic?.id ?? "" };
  },
  async settle(cloud, { id, place }) {
    const look = async () => {
      const nic = await orAbsent(() => get(cloud, place, id));
      return nic?.state === "syncing" ? undefined : true;
    };
    await waitUntil(look, { clock: cloud.clock, what: `network card ${id}`, timeoutMs: 180_000, ...RHYTHM });
  },
  async update(cloud, { id: privateNicId, place, wanted: { tags } }) {
    await cloud.instance.updatePrivateNIC({ ...at(place), privateNicId, tags });
  },
  async remove(cloud, { id: privateNicId, place }) {
    const { clock } = cloud;
    const what = `network card ${privateNicId} to go`;
    await discard(clock, what, () => cloud.instance.deletePrivateNIC({ ...at(place), privateNicId }));
    await waitUntilGone(() => get(cloud, place, privateNicId), {
      clock,
      what,
      timeoutMs: 180_000,
      ...RHYTHM,
    });
  },

  fields: {
    privateNetwork: {
      want: ({ props }) => idOf(props.privateNetwork),
      is: ({ privateNetworkId }) => privateNetworkId,
      replaces: true,
    },
    tags: { want: ({ tags }) => tags, is: ({ tags }) => sorted(tags) },
  },
  attributes: ({ id, serverId, privateNetworkId, macAddress, zone, tags }) => ({
    id,
    instanceId: serverId,
    privateNetworkId,
    macAddress,
    zone,
    tags,
  }),
};

function at(place: string): { zone: string; serverId: string } {
  const [zone = "", serverId = ""] = place.split("/");
  return { zone, serverId };
}

async function get(
  cloud: Cloud,
  place: string,
  privateNicId: string,
): Promise<Instancev1.PrivateNIC | undefined> {
  return (await cloud.instance.getPrivateNIC({ ...at(place), privateNicId })).privateNic;
}
