import type { Claims } from "./claims.ts";
import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";
import type { CommonAttributes, Kind, Wanted } from "./kind.ts";
import type { Logic } from "./logic.ts";
import { markOf } from "./mark.ts";
import { sorted } from "./sorted.ts";

/** One call of a resource's handler, in words that no engine owns. */
export interface Call<Attributes> {
  phase: "create" | "update" | "delete";
  /** `app/stage/id`. */
  fqn: string;
  /** Of what is given none. */
  defaultName: string;
  adopt: boolean;
  /** What the last call that ended well returned. */
  known?: Attributes;
  isReplacement: boolean;
  /** In the phase `delete`: the engine's state names another one already. */
  superseded(): Promise<boolean>;
  /** Begins a replacement; in it the old one goes `first`, or when everything else is done. */
  replace(first: boolean): Promise<never>;
  /** Has a leftover of ours deleted when everything else is done: other leftovers may hold it until then. */
  discard(thing: Attributes): Promise<void>;
  claims: Claims;
}

/** What a resource's handler does in each phase; undefined when it has deleted. */
export async function handle<Props extends CommonProps, Attributes extends CommonAttributes>(
  kind: Pick<Kind<Props, Attributes, never>, "place" | "placeOf" | "nameOf" | "plainName" | "ownedBy">,
  logic: Logic<Props, Attributes>,
  cloud: Cloud,
  props: Props & { name?: string; tags?: unknown },
  call: Call<Attributes>,
): Promise<Attributes | undefined> {
  const { phase, known, claims } = call;
  const discard = (thing: Attributes) => call.discard(thing);
  const mark = markOf(call.fqn);
  const wanted: Wanted<Props> = {
    props,
    mark,
    name: kind.nameOf?.(props) ?? props.name ?? (kind.plainName ? plain(call.defaultName) : call.defaultName),
    place: kind.place(cloud, props),
    projectId: props.projectId ?? cloud.projectId,
    tags: sorted([...(Array.isArray(props.tags) ? (props.tags as string[]) : []), mark]),
  };
  const adopt = props.adopt ?? call.adopt;
  switch (phase) {
    case "delete": {
      const superseded = await call.superseded();
      await logic.delete(cloud, { wanted, known, superseded, claims });
      // Its name is free: another resource may take it.
      if (superseded && kind.ownedBy === "claim" && known?.name !== undefined)
        await claims.drop({ place: kind.placeOf(known), name: known.name });
      return undefined;
    }
    case "create": {
      const replacing = call.isReplacement ? known?.id : undefined;
      return logic.reconcile(cloud, wanted, { replacing, adopt, claims, discard });
    }
    case "update": {
      const diff = known && (await logic.diff(cloud, wanted, known));
      if (diff === undefined) {
        // Somebody deleted it, or a run of ours that died before it had deleted the rest.
        if (known) await logic.delete(cloud, { wanted, known, superseded: true, claims });
        return logic.reconcile(cloud, wanted, { adopt, claims, discard });
      }
      if (diff.action === "replace") return call.replace(diff.oldGoesFirst);
      return logic.reconcile(cloud, wanted, { known: known!.id, adopt, claims, discard });
    }
    default:
      return phase satisfies never;
  }
}

/** Users and ids have capitals and underscores, too. */
const plain = (name: string): string => name.toLowerCase().replaceAll("_", "-");
