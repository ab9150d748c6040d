import type { EC2, Filter, Instance } from "@aws-sdk/client-ec2";
import type { Inventory, Machine, Part } from "../../lifecycle/observed.ts";
import type { ListQuery } from "../provider.ts";
import { attempt } from "./attempt.ts";
import type { Clients } from "./clients.ts";
import { describe } from "./describe.ts";
import { literal } from "./literal.ts";
import { isGone, toMachine } from "./machine.ts";
import { OWNER } from "./marks.ts";
import { addressPart, interfacePart, volumePart } from "./parts.ts";
import { regionOf } from "./region-of.ts";

interface Place {
  region: string;
  /** Those of the region that were asked about. */
  zones: string[];
}

/** Looks at all regions of these zones at the same time, by the owner's mark: one call for every thousand things. */
export async function list(clients: Clients, query: ListQuery): Promise<Inventory> {
  const { owner, zones, kinds, ids, machineIds = new Set<string>(), signal } = query;
  const startedAt = clients.clock.now();
  const places = [...Map.groupBy(zones, regionOf)].map(([region, own]): Place => ({ region, zones: own }));
  const everywhere = async <Item>(
    what: string,
    look: (ec2: EC2, place: Place) => Promise<Item[]>,
  ): Promise<Item[]> => {
    const found = places.map((place) =>
      attempt(`list ${what} of aws ${place.zones.join(", ")}`, async () =>
        look(await clients.ec2("read", place.region), place),
      ),
    );
    return (await Promise.all(found)).flat();
  };
  const isAsked = ({ zone }: { zone: string }) => zones.includes(zone);
  const marked: Filter = { Name: `tag:${OWNER}`, Values: [literal(owner)] };

  const [machines, volumes, cards, addresses] = await Promise.all([
    kinds.has("machine")
      ? everywhere("machines", async (ec2) => alive(await describe.instances(ec2, [marked], signal)))
      : [],
    kinds.has("volume") ? everywhere("volumes", (ec2) => volumesOf(ec2, [marked], signal)) : [],
    kinds.has("address") ? everywhere("interfaces", (ec2) => cardsOf(ec2, [marked], signal)) : [],
    kinds.has("address")
      ? everywhere("addresses", (ec2, place) => addressesOf(ec2, [marked], place, signal))
      : [],
  ]);

  // What lost its mark is known by its id only.
  const shown = new Set([...machines, ...volumes, ...cards, ...addresses].map(({ id }) => id));
  const unseen = [...ids].filter((id) => !shown.has(id));
  const byId = async <Item>(
    prefix: string,
    what: string,
    look: (ec2: EC2, wanted: string[], place: Place) => Promise<Item[]>,
  ) => {
    const wanted = unseen.filter((id) => id.startsWith(prefix));
    const parts = chunks(wanted).map((some) =>
      everywhere(`${what} by id`, (ec2, place) => look(ec2, some, place)),
    );
    return (await Promise.all(parts)).flat();
  };
  const unmarked: Part[][] = await Promise.all([
    kinds.has("volume")
      ? byId("vol-", "volumes", (ec2, some) => volumesOf(ec2, [{ Name: "volume-id", Values: some }], signal))
      : [],
    kinds.has("address")
      ? byId("eni-", "interfaces", (ec2, some) =>
          cardsOf(ec2, [{ Name: "network-interface-id", Values: some }], signal),
        )
      : [],
    kinds.has("address")
      ? byId("eipalloc-", "addresses", (ec2, some, place) =>
          addressesOf(ec2, [{ Name: "allocation-id", Values: some }], place, signal),
        )
      : [],
  ]);
  const missing = [...machineIds].filter((id) => !shown.has(id));
  const asked: Machine[] = [];
  for (const some of chunks(missing))
    asked.push(
      ...(await everywhere("machines by id", async (ec2) =>
        alive(await describe.instances(ec2, [{ Name: "instance-id", Values: some }], signal)),
      )),
    );
  return {
    startedAt,
    // A call is for a region, and costs no more than one for a zone.
    machines: [...machines, ...asked.filter((machine) => machine.owner === owner)].filter(isAsked),
    parts: [...volumes, ...cards, ...addresses, ...unmarked.flat()].filter(isAsked),
    strangers: asked.filter((machine) => machine.owner !== owner).map(({ id }) => id),
  };
}

const alive = (instances: Instance[]): Machine[] =>
  instances.filter((instance) => !isGone(instance)).map(toMachine);

async function volumesOf(ec2: EC2, filters: Filter[], signal: AbortSignal | undefined): Promise<Part[]> {
  const volumes = await describe.volumes(ec2, filters, signal);
  return volumes.filter(({ State }) => State !== "deleted").map(volumePart);
}

async function cardsOf(ec2: EC2, filters: Filter[], signal: AbortSignal | undefined): Promise<Part[]> {
  return (await describe.interfaces(ec2, filters, signal)).map(interfacePart);
}

async function addressesOf(
  ec2: EC2,
  filters: Filter[],
  { zones }: Place,
  signal: AbortSignal | undefined,
): Promise<Part[]> {
  const addresses = await describe.addresses(ec2, filters, signal);
  return addresses.map((address) => addressPart(address, zones[0]!));
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html: "up to 200 values" in a request. */
const MOST_VALUES = 200;

function chunks(ids: string[]): string[][] {
  const all: string[][] = [];
  for (let from = 0; from < ids.length; from += MOST_VALUES) all.push(ids.slice(from, from + MOST_VALUES));
  return all;
}
