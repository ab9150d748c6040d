import { listAll } from "@mayfly/scaleway";
import type { Cloud } from "../../cloud.ts";
import type { CommonProps } from "../../common-props.ts";
import type { CommonAttributes, Kind } from "../../kind.ts";
import { discard } from "../../patience.ts";
import type { Reference } from "../../reference.ts";
import { nameProblems, rdbPlace } from "./rdb-place.ts";
import { rdbReady } from "./rdb-ready.ts";

interface PartProps extends CommonProps {
  instance: Reference;
  name?: string;
  region?: string;
}

interface PartAttributes extends CommonAttributes {
  name: string;
  instanceId: string;
  region: string;
}

/** One thing in a server, with the server. */
export interface InServer<Part> {
  place: string;
  part: Part;
}

interface Server {
  region: string;
  instanceId: string;
}

interface Calls<Part> {
  /** For messages: `database`. */
  noun: string;
  page(
    cloud: Cloud,
    query: Server & { name?: string; page: number; pageSize: number },
  ): Promise<{ parts: Part[]; totalCount: number }>;
  remove(cloud: Cloud, at: Server & { name: string }): Promise<unknown>;
}

/** What everything in a database server has in common: a name in place of an id, and none of it is left when the server is gone. */
export function rdbPart<Part extends { name: string }>({ noun, page, remove }: Calls<Part>) {
  async function partsOf(cloud: Cloud, place: string, name: string | undefined): Promise<Part[]> {
    const at = rdbPlace.at(place);
    if ((await rdbReady(cloud, at)) === undefined) return [];
    return listAll(
      async (number, pageSize) => {
        const { parts, totalCount } = await page(cloud, { ...at, page: number, pageSize, name });
        return { items: parts.map((each) => ({ ...each, id: each.name })), totalCount };
      },
      { what: `${noun}s of ${place}` },
    );
  }

  return {
    noun,
    place: (cloud, props) => rdbPlace.of(cloud, props),
    placeOf: ({ region, instanceId }) => `${region}/${instanceId}`,
    uniqueName: true,
    problems: ({ name }) => nameProblems(name),

    async list(cloud, { place, name }) {
      const all = await partsOf(cloud, place, name);
      return all.map((each) => ({ id: rdbPlace.idOf(place, each.name), name: each.name, tags: [] }));
    },
    async read(cloud, { id, place }) {
      const name = rdbPlace.nameIn(id);
      const part = (await partsOf(cloud, place, name)).find((each) => each.name === name);
      return part && { place, part };
    },
    async remove(cloud, { id, place }) {
      const name = rdbPlace.nameIn(id);
      if ((await rdbReady(cloud, rdbPlace.at(place))) === undefined) return;
      await discard(cloud.clock, `${noun} ${name} to go`, () =>
        remove(cloud, { ...rdbPlace.at(place), name }),
      );
    },
  } satisfies Partial<Kind<PartProps, PartAttributes, InServer<Part>>>;
}
