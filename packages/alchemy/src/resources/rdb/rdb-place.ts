import type { Cloud } from "../../cloud.ts";
import { idOf } from "../../reference.ts";
import type { Reference } from "../../reference.ts";

/** What is in a database server has no id of its own: its place is the server, its id the server's and its name. */
export const rdbPlace = {
  of(cloud: Cloud, { instance, region }: { instance: Reference; region?: string }): string {
    const its = typeof instance === "object" && "region" in instance ? String(instance.region) : undefined;
    return `${region ?? its ?? cloud.region}/${idOf(instance)}`;
  },
  at(place: string): { region: string; instanceId: string } {
    const [region = "", instanceId = ""] = place.split("/");
    return { region, instanceId };
  },
  idOf: (place: string, name: string): string => `${rdbPlace.at(place).instanceId}/${name}`,
  nameIn: (id: string): string => id.slice(id.indexOf("/") + 1),
};

/** Names are put into paths as they are. */
export const nameProblems = (name: string | undefined): string[] =>
  name === undefined || /^\w[\w-]{0,62}$/.test(name)
    ? []
    : [`name ${JSON.stringify(name)} is not made of up to 63 letters, digits, _ and -`];
