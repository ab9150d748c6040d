/** The state of the installation, for people who wonder. */
export interface Doctor {
  version: string;
  owner: string;
  home: string;
  pid: number;
  startedAt: string;
  accounts: AccountHealth[];
  /** Instances by phase, deleted ones left out. */
  instances: Record<string, number>;
  checks: Check[];
  /** The processes that share the rows, where several may. */
  processes?: string[];
  /** Which of them does what for all. */
  duties?: { name: string; process: string }[];
}

export interface AccountHealth {
  name: string;
  provider: string;
  zone: string;
  /** Where its API is. */
  endpoint: string;
  /** A hash of the credentials' public part, project and endpoint; a client whose account differs is refused. */
  fingerprint: string;
  lastSweepAt?: string;
  /** Seen once, unclaimed, waiting to be seen again. */
  suspects: number;
  /** Found unclaimed and deleted since the service started. */
  reaped: number;
  callsByClass: Record<string, number>;
}

export interface Check {
  name: string;
  ok: boolean;
  message: string;
  suggestion?: string;
}
