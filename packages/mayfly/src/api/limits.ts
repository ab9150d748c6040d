/** Bounds of what a request may ask for; the schema, the messages and the docs read them here. */
export const limits = {
  nameLength: 63,
  machineNameLength: 255,
  tags: 16,
  tagLength: 128,
  /** Bytes. Scaleway's bound for one key of user data is not documented; this is below what EC2 and others allow plus headroom. */
  userDataBytes: 127_998,
  rootVolumeGb: 10_000,
  volumeGb: 10_000,
  /** A Scaleway server takes 16, of which the root is one. */
  volumes: 15,
  sshKeys: 16,
  minLifetimeMs: 10_000,
  maxLifetimeMs: 366 * 86_400_000,
  pageSize: 500,
  bodyBytes: 512 * 1024,
  /** Problems that are told of one request; nobody reads more. */
  problems: 20,
  /** Clients that follow events at the same time: each asks the store at each event. */
  streams: 500,
} as const;
