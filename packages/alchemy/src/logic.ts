import type { Cloud } from "./cloud.ts";
import type { Claims } from "./claims.ts";
import type { CommonProps } from "./common-props.ts";
import { differences } from "./differences.ts";
import type { CommonAttributes, Kind, Wanted } from "./kind.ts";
import { listOwn } from "./list-own.ts";
import type { Own } from "./list-own.ts";
import { reconcile } from "./reconcile.ts";
import { remove } from "./remove.ts";

/** The five operations of a resource, without an engine. */
export interface Logic<Props extends CommonProps, Attributes extends CommonAttributes> {
  /** As the cloud shows it; undefined when there is none. */
  read(cloud: Cloud, wanted: Wanted<Props>, id: string): Promise<Attributes | undefined>;
  /** What it takes to make this one what is wanted; undefined when there is none. */
  diff(cloud: Cloud, wanted: Wanted<Props>, known: Attributes): Promise<Diff | undefined>;
  /** Finds it or makes it, and brings it to what is wanted. What an interrupted one made is completed. */
  reconcile(cloud: Cloud, wanted: Wanted<Props>, request: ReconcileRequest<Attributes>): Promise<Attributes>;
  /** With all that belongs to it, until it is gone. */
  delete(cloud: Cloud, request: DeleteRequest<Props, Attributes>): Promise<void>;
  /** What carries the mark, or was claimed, oldest first. */
  list(cloud: Cloud, wanted: Wanted<Props>, claims: Claims): Promise<Own[]>;
}

export interface Diff {
  action: "noop" | "update" | "replace";
  /** The names of the props that differ. */
  fields: string[];
  /** A replacement can only be made when the old one is gone. */
  oldGoesFirst: boolean;
}

export interface ReconcileRequest<Attributes> {
  /** The id of the one that is brought to what is wanted, when it is known. */
  known?: string;
  /** The id of the one that this one replaces. */
  replacing?: string;
  adopt: boolean;
  claims: Claims;
  /** Deletes a leftover of ours, at the latest when everything else is done. @default at once */
  discard?(thing: Attributes): Promise<void>;
}

export interface DeleteRequest<Props, Attributes> {
  wanted: Wanted<Props>;
  known?: Attributes;
  /** Another one has its place already: what else carries the mark is left alone. */
  superseded: boolean;
  claims: Claims;
}

export function createLogic<Props extends CommonProps, Attributes extends CommonAttributes, Whole>(
  kind: Kind<Props, Attributes, Whole>,
): Logic<Props, Attributes> {
  return {
    async read(cloud, wanted, id) {
      const whole = await kind.read(cloud, { id, place: wanted.place });
      return whole && kind.attributes(whole, wanted);
    },
    async diff(cloud, wanted, known) {
      const at = { id: known.id, place: kind.placeOf(known) };
      // It may be on its way out, by a run that died.
      await kind.settle?.(cloud, at);
      const whole = await kind.read(cloud, at);
      if (whole === undefined) return undefined;
      const { changed, fixed } = differences(kind, wanted, whole);
      const fields = [...fixed, ...changed];
      const moved = kind.placeOf(known) !== wanted.place;
      if (moved || fixed.length > 0)
        return {
          action: "replace",
          fields: moved ? ["place", ...fields] : fields,
          oldGoesFirst: kind.oldGoesFirst?.(wanted, whole) ?? false,
        };
      return { action: fields.length > 0 ? "update" : "noop", fields, oldGoesFirst: false };
    },
    reconcile: (cloud, wanted, request) => reconcile(kind, cloud, wanted, request),
    delete: (cloud, request) => remove(kind, cloud, request),
    list: (cloud, wanted, claims) => listOwn(kind, cloud, wanted, claims),
  };
}
