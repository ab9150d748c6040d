import type { Secret } from "./secret.ts";

/** What every resource takes. */
export interface CommonProps {
  /**
   * Takes over what is there under this name already, and from then on changes and deletes it. What another resource made
   * is never taken over.
   * @default false, or the engine's `--adopt`
   */
  adopt?: boolean;
  /**
   * The project it is made in. A change replaces it.
   * @default SCW_DEFAULT_PROJECT_ID, else the configuration file of `scw`
   */
  projectId?: string;
  /** @default SCW_ACCESS_KEY, else the configuration file of `scw` */
  accessKey?: string;
  /** Wrap it in `alchemy.secret`. @default SCW_SECRET_KEY, else the configuration file of `scw` */
  secretKey?: string | Secret;
  /** A profile of the configuration file of `scw`. @default SCW_PROFILE, else the active one */
  profile?: string;
  /** @default SCW_API_URL, else https://api.scaleway.com */
  apiUrl?: string;
}
