import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import type { EmulatedCloud } from "./emulated-cloud.ts";

/** What the suite has to know of one resource. */
export interface ResourceCase<Props extends CommonProps, Attributes extends CommonAttributes> {
  kind: Kind<Props, Attributes, never>;
  /** What it lives among, made by somebody else before; what it returns is for the props. @default nothing */
  among?(cloud: EmulatedCloud): Promise<Record<string, string>>;
  props(among: Record<string, string>): Props;
  /** The same one, changed in place. Absent where nothing can be. */
  changed?(among: Record<string, string>): Props;
  /** Another one in its place. */
  replaced(among: Record<string, string>): Props;
  /** Whether the change cannot be taken back, or not without a trace. @default it can */
  afterChange?: "irreversible" | "traces";
  /** What the cloud shows of it, as `kind name`; a star is any name. */
  leaves: string[];
  /** The same after the change. @default leaves */
  changedLeaves?: string[];
  /** What the emulator's inventory does not show, as `kind name`. @default nothing */
  inside?(cloud: EmulatedCloud, among: Record<string, string>): Promise<string[]>;
  /** Makes one of the same name as somebody else; its id. @default it has no name */
  foreign?(cloud: EmulatedCloud, among: Record<string, string>, name: string): Promise<string>;
  /** Props that fit the foreign one. @default props */
  adopting?(among: Record<string, string>): Props;
  /** Whether one that replaces it has the same id. @default false */
  idIsAName?: true;
  /** The call that deletes it: `DELETE /vpc/…`. */
  deletes: RegExp;
  /** The body of an answer that says that something is out of order. @default as the API says it */
  refusal?: string;
}
