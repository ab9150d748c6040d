/** A server type as the tables hold it: what is absent is zero, none or false. */
export interface ServerTypeSeed {
  name: string;
  arch: "x86_64" | "arm64";
  ncpus: number;
  ramMib: number;
  /** Count, name, GiB of memory, manufacturer. */
  gpu?: readonly [number, string, number, string];
  /** Most local SSD, in GB; none: block storage only. */
  localGb?: number;
  hotSnapshots?: boolean;
  /** Most GB of scratch storage, most volumes. */
  scratch?: readonly [number, number];
  /** Euros. */
  monthly: number;
  hourly: number;
  /** Internal and internet bandwidth. */
  mbit: readonly [number, number];
  blockMib: number;
  fileSystems?: number;
  endOfService?: boolean;
  altNames?: readonly string[];
  /** Digits: indexes into ZONES. */
  zones: string;
}
