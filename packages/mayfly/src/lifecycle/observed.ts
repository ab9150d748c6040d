/** The machine as the cloud shows it, in words that all providers share. */
export interface Machine {
  id: string;
  zone: string;
  name: string;
  owner: string;
  /** The instance in its mark. */
  instanceId: string;
  /** The deadline in its mark. It never ends anything. */
  expiresAt?: number;
  state: MachineState;
  ips: string[];
  /** What came into being with it; what somebody attached later is not ours and not listed. */
  volumes: { id: string; kind: string }[];
  /** Addresses that have an id and a life of their own. */
  addresses: string[];
  nics: string[];
  /** Its create has steps left that need it to run. @default false */
  isUnfinished?: boolean;
  createdAt: number;
}

/** `halted`: stopped, yet still holding its place at the cloud. `unknown`: a word of the cloud's that we have not met. */
export type MachineState = "stopped" | "halted" | "starting" | "running" | "stopping" | "unknown";

/** A volume or address, marked as ours or asked for by its id. */
export interface Part {
  kind: PartKind;
  id: string;
  zone: string;
  /** Both absent on what carries no mark. */
  owner?: string;
  instanceId?: string;
  /** The machine that holds it. */
  attachedTo?: string;
  /** False while it is being made, attached or detached: not to be deleted yet. */
  idle: boolean;
  /** The provider's own word for its kind. */
  type: string;
  createdAt: number;
}

export type PartKind = "volume" | "address";
export type Kind = "machine" | PartKind;

/** One complete look at one kind of thing in one zone, or several zones. */
export interface Inventory {
  /** When the look began, by our clock: what happened later is not in it. */
  startedAt: number;
  machines: Machine[];
  parts: Part[];
  /** Of the machines that were asked for by their id, those that exist and don't carry our mark: hands off. */
  strangers?: string[];
}

/** What a look at the cloud says of one instance. A kind that was not looked at since the last action is absent: unknown. */
export interface Observed {
  machine?: {
    at: number;
    /** Every machine marked with this instance. */
    all: Machine[];
    /** What asking by id for the machine in question brought: it is not there at all, or it is, without our mark. */
    byId?: "absent" | "unmarked";
    /** Machines of other instances that hold parts of this one. */
    holders?: string[];
  };
  volume?: { at: number; parts: Part[] };
  address?: { at: number; parts: Part[] };
}

/** What looks at the cloud showed that concerns one instance, to be read by another process. */
export interface Sighting {
  instanceId: string;
  /** The row's `actedAt`, as it was read before these looks began: while it is the same, they began after its last action. */
  actedAt: number;
  looks: Partial<Record<Kind, SeenOf>>;
}

/** One instance's part of a complete look at one kind of thing. */
export interface SeenOf {
  inventory: Inventory;
  /** The ids of unmarked parts, or of machines, that the look was asked for. */
  asked: string[];
}
