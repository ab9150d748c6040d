import type { Cloud } from "./cloud.ts";
import type { CommonProps } from "./common-props.ts";

/**
 * What is particular to one kind of thing; `createLogic` makes the five operations of a resource of it.
 *
 * @typeParam Whole the thing as the cloud shows it, with all that its fields are compared with
 */
export interface Kind<Props extends CommonProps, Attributes extends CommonAttributes, Whole> {
  /** `Vpc`, also its name in the engine: `scaleway::Vpc`. */
  name: string;
  /** For messages: `private network`. */
  noun: string;
  /** The zone or region, or what else a list is of. */
  place(cloud: Cloud, props: Props): string;
  /** The same, of one that was made. */
  placeOf(attributes: Attributes): string;
  /** What it goes by among others of its place, where that is not its name. */
  nameOf?(props: Props): string;
  /** A name that is made for it has small letters, digits and dashes only. @default false */
  plainName?: boolean;
  /** All that is wrong with the props, found without asking the cloud. */
  problems?(props: Props): string[];
  /** What belongs to one resource is known by its tag; where the cloud has none, by the claim on its name. @default "tag" */
  ownedBy?: "tag" | "claim";
  /** Two of one name cannot stand in one place: one that is there is refused before the cloud does. @default false */
  uniqueName?: boolean;
  /** All of the place, or those that the query lets through and maybe others. */
  list(cloud: Cloud, query: Query): Promise<Identity[]>;
  /** Undefined when there is none, or it is on its way out. */
  read(cloud: Cloud, at: At): Promise<Whole | undefined>;
  /** One POST, with the tags in it where there are tags; what else is missing is for `update`. */
  create(cloud: Cloud, wanted: Wanted<Props>): Promise<{ id: string }>;
  /** Until nothing is being done to it, with a bound. */
  settle?(cloud: Cloud, at: At): Promise<void>;
  /** Brings what differs to what is wanted; idempotent. Throws for what the cloud cannot do in place and nobody wants replaced. */
  update(cloud: Cloud, change: Change<Props, Whole>): Promise<void>;
  /** With all that belongs to it, until it is gone, with a bound; nothing happens when it is gone. */
  remove(cloud: Cloud, at: At, removal: Removal<Props, Attributes>): Promise<void>;
  /** What it may have left when it is gone itself. @param removal without `known`: whatever carries the mark */
  removeRest?(cloud: Cloud, place: string, removal: Removal<Props, Attributes>): Promise<void>;
  /** Field by field, what is wanted and what is there; undefined is not compared. */
  fields: Record<string, Field<Props, Whole>>;
  /** Whether a replacement can only be made when the old one is gone. @default never */
  oldGoesFirst?(wanted: Wanted<Props>, old: Whole): boolean;
  attributes(whole: Whole, wanted: Pick<Wanted<Props>, "props">): Attributes;
}

export interface CommonAttributes {
  id: string;
  /** Of all that is owned by a claim. */
  name?: string;
}

export interface At {
  id: string;
  place: string;
}

export interface Query {
  place: string;
  projectId: string;
  tag?: string;
  name?: string;
}

export interface Identity {
  id: string;
  /** Undefined where it goes by nothing but its id. */
  name?: string;
  /** Empty where the cloud has none. */
  tags: readonly string[];
  createdAt?: Date;
}

export interface Wanted<Props> {
  props: Props;
  /** The one in the props, or one made of app, id and stage. */
  name: string;
  place: string;
  projectId: string;
  mark: string;
  /** The props' tags and the mark. */
  tags: string[];
}

export interface Change<Props, Whole> extends At {
  wanted: Wanted<Props>;
  whole: Whole;
  /** Names of fields. */
  changed: ReadonlySet<string>;
}

export interface Removal<Props, Attributes> {
  mark: string;
  props: Props;
  known?: Attributes;
}

export interface Field<Props, Whole> {
  want(wanted: Wanted<Props>): unknown;
  is(whole: Whole, wanted: Wanted<Props>): unknown;
  /** It cannot be changed in place. */
  replaces?: true;
}
