import type { Price } from "../lifecycle/cost.ts";
import type { Footprint, InstanceSpec } from "../lifecycle/instance.ts";
import type { Inventory, Kind, Machine, Observed } from "../lifecycle/observed.ts";
import type { Firewalls } from "./resources/firewalls.ts";
import type { Keys } from "./resources/keys.ts";
import type { Networks } from "./resources/networks.ts";
import type { Volumes } from "./resources/volumes.ts";

/**
 * A kind of cloud, with one account's credentials.
 *
 * Every method may be called again after a crash, with the same arguments and to the same end. Expected outcomes are
 * return values; everything else is a `ProviderError` whose code says what the caller does next. Nothing here retries a
 * change: the caller does, after it has looked.
 */
export interface Provider {
  /** The kind of cloud, for messages: `scaleway`. */
  name: string;
  supports: Supports;
  /** What a request gets that names none. */
  defaults: { type: string; image: string };
  /**
   * How long after an accepted change a list may not show it yet. An absence is believed, and a create of unknown
   * outcome repeated, only when a look that began later than this shows nothing.
   */
  visibilityGapMs: number;
  /** Every zone there is. */
  zones: string[];

  /**
   * Makes the machine, marked in the create call itself, sets its user data, and powers it on. Returns when the cloud
   * accepted. An earlier attempt is completed: what `request.found` and `request.footprint` hold is used, not made again.
   */
  create(request: CreateRequest): Promise<void>;
  /**
   * All that carries the owner's mark, and the parts named in `ids`: every page of every zone asked for, or a throw.
   */
  list(query: ListQuery): Promise<Inventory>;
  /** Powers on. A machine that already runs or starts is left as it is. */
  start(machine: MachineRef): Promise<void>;
  /** Shuts down so that the machine stops billing where the cloud allows it. A stopped machine is left as it is. */
  stop(machine: MachineRef): Promise<void>;
  /** Writes these marks anew, and leaves all other tags as they are. What does not carry the owner's mark is left alone. */
  mark?: (machine: MachineRef, marks: Marks) => Promise<void>;
  reboot(machine: MachineRef): Promise<void>;
  /**
   * What the guest has reported about itself: raw text that whoever is root in it wrote. Undefined: nothing yet. A provider
   * that has this lets the guest of an instance with `ready: cloud-init` report, from its create on.
   */
  guestReport?: (machine: MachineRef) => Promise<string | undefined>;
  /**
   * The next step that brings the footprint, and what else `observed` shows of this instance, nearer to gone.
   * `deleting`: a step was accepted or has to be waited for; look again and call again. `gone`: nothing is left to do.
   * A refusal is a `conflict`, once all that can be done has been tried.
   */
  delete(request: DeleteRequest): Promise<"deleting" | "gone">;

  networks?: Networks;
  firewalls?: Firewalls;
  volumes?: Volumes;
  keys?: Keys;
  catalog?: Catalog;
  validate?: (spec: InstanceSpec) => Promise<Problem[]>;
  /**
   * What an hour of all that a create of this makes costs, from lists that are cached. Asked beside its create,
   * and by who takes over one that was cut off; who asks does not wait for it, and takes a throw for unknown. Undefined: no
   * list has it.
   */
  price?: (spec: InstanceSpec) => Promise<Price | undefined>;
}

export interface Supports {
  stop: boolean;
  /** Whether a machine can end itself a while after its deadline, as that says, though nobody ends it: where its spec says so. */
  failsafe: boolean;
}

export interface MachineRef {
  id: string;
  zone: string;
}

export interface Marks {
  owner: string;
  instanceId: string;
  /** Epoch milliseconds; a cloud may keep whole seconds of it. */
  expiresAt: number;
}

export interface CreateRequest {
  marks: Marks;
  name: string;
  spec: InstanceSpec;
  footprint: Footprint;
  /**
   * Which attempt this is: the same number for as long as nobody knows what came of the last one, so that a cloud can tell a
   * repeat by a token. @default 1
   */
  attempt?: number;
  /** What the spec names and others share, by id: it exists. */
  shared: { network?: string; firewall?: string };
  /** What its deadline does; where the cloud allows it, a machine that shuts itself down ends the same way. @default "stop" */
  onExpiry?: "delete" | "stop";
  /** Epoch milliseconds: no extend goes past this. @default the deadline in the marks */
  latestExpiresAt?: number;
  /** The machine of an earlier attempt, as the cloud shows it. */
  found?: Machine;
  /**
   * Called at once after each thing that was made, before the next call: ids are in the row before they are needed.
   * When it rejects, the create ends there.
   */
  made: (part: Made) => Promise<void>;
  /**
   * To be called right before each call that makes something, and again when that call has waited for its turn. It throws
   * `Fenced` when another worker may be at this instance by now.
   */
  fence: () => void;
}

export type Made = Partial<Pick<Footprint, "machine" | "volumes" | "addresses" | "nics">>;

export interface ListQuery {
  owner: string;
  zones: string[];
  kinds: ReadonlySet<Kind>;
  /** Parts that carry no mark, known by their id only. */
  ids: ReadonlySet<string>;
  /** Machines to be asked for one by one where the list doesn't show them: they are gone, or lost our mark. */
  machineIds?: ReadonlySet<string>;
  signal?: AbortSignal;
}

export interface DeleteRequest {
  instanceId: string;
  footprint: Footprint;
  observed: Observed;
}

/** What can be asked for. Each may be cached by the provider for some minutes. */
export interface Catalog {
  types(zone: string): Promise<MachineType[]>;
  images(zone: string): Promise<Image[]>;
}

export interface MachineType {
  name: string;
  vcpus: number;
  memoryGib: number;
  arch: string;
  /** Millionths of the currency's unit; absent where nobody says it. */
  priceMicrosPerHour?: number;
  /** @default "EUR" */
  currency?: "EUR" | "USD";
  /** Of which day the price is, where the cloud does not say it itself: `2025-12`. */
  pricesOf?: string;
  available: boolean;
}

export interface Image {
  label: string;
  name: string;
}

export interface Problem {
  /** Where in the request: `type`. */
  path: string;
  message: string;
  suggestion?: string;
}
