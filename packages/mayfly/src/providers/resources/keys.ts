import type { Named } from "./resources.ts";
import type { Shareable } from "./shareable.ts";

/** An SSH key that new machines of the project let in. */
export interface Key extends Named {
  /** As in an `authorized_keys` file. */
  publicKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  fingerprint: string;
}

export interface WantedKey {
  name: string;
  /** Keys are everywhere: it only says which account's default is meant. */
  zone: string;
  publicKey: string;
}

export interface Keys extends Shareable<Key, WantedKey> {
  /** How many of them the cloud puts into a machine; it hears of no others, which go in by cloud-init. @default all */
  mostPerMachine?: number;
}
