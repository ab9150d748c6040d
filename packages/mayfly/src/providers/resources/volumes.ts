import type { Named, Resources } from "./resources.ts";

/** A block volume that lives by itself. */
export interface Volume extends Named {
  /** Of 10^9 bytes. */
  sizeGb: number;
  iops: number;
  /** `ready`: it can be attached or deleted. */
  state: "making" | "ready" | "attaching" | "attached" | "detaching" | "failed";
  /** The machine that holds it. */
  machine?: string;
  /** Where the guest finds it. */
  devicePath: string;
}

export interface WantedVolume {
  name: string;
  zone: string;
  sizeGb: number;
  /** @default 5000 */
  iops?: number;
}

/** Each change resolves when the cloud has carried it out, within a bound. `delete` takes it off its machine first. */
export interface Volumes extends Resources<Volume, WantedVolume> {
  /** One that this machine holds already is left as it is; one that another machine holds is a `conflict`. */
  attach(id: string, machineId: string, zone: string, options?: { signal?: AbortSignal }): Promise<Volume>;
  /** The machine's other volumes are not touched. One that nothing holds is left as it is. */
  detach(id: string, zone: string, options?: { signal?: AbortSignal }): Promise<Volume>;
  /** Only ever larger. */
  resize(id: string, sizeGb: number, zone: string, options?: { signal?: AbortSignal }): Promise<Volume>;
  /** Of the volume as it is, under this name; a repeat finds it. Returns the snapshot's id. */
  snapshot(
    id: string,
    name: string,
    zone: string,
    by: { owner: string; signal?: AbortSignal },
  ): Promise<string>;
}
