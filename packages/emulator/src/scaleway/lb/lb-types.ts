import { invalidArgument } from "../../http/refusal.ts";
import { SENTINELS } from "../seed/sentinels.ts";

export interface LbType {
  readonly name: string;
  readonly description: string;
  /** Euros an hour, from the public price list: an estimate. */
  readonly hourly: number;
}

/** https://www.scaleway.com/en/pricing/network/ */
export const LB_TYPES: readonly LbType[] = [
  { name: "lb-s", description: "200 Mbit/s", hourly: 0.0177 },
  { name: "lb-gp-m", description: "500 Mbit/s", hourly: 0.0345 },
  { name: "lb-gp-l", description: "1 Gbit/s", hourly: 0.0573 },
  { name: "lb-gp-xl", description: "4 Gbit/s", hourly: 0.1151 },
];

const SENTINEL_NAMES: readonly string[] = Object.values(SENTINELS);

/** Its name as the API shows it: in small letters, however it was written. */
export function lbTypeNamed(given: string): string {
  const name = given.toLowerCase();
  if (!LB_TYPES.some((type) => type.name === name) && !SENTINEL_NAMES.includes(given.toUpperCase()))
    throw invalidArgument("type", "constraint", `${given} is not a load balancer type`);
  return name;
}
