import type { Named } from "./resources.ts";
import type { Shareable } from "./shareable.ts";

/** What may reach machines, and what they may reach. One that is made drops what comes in and accepts what goes out. */
export interface Firewall extends Named {
  /** What becomes of what no rule speaks of. */
  defaults: Record<FirewallRule["direction"], FirewallRule["action"]>;
  /** The rules that can be changed. */
  rules: FirewallRule[];
  /** Those that the cloud has put before them, and that cannot. */
  fixedRules: FirewallRule[];
  /** How many machines are behind it. */
  machines: number;
}

export interface FirewallRule {
  direction: "inbound" | "outbound";
  action: "accept" | "drop";
  protocol: "tcp" | "udp" | "icmp" | "any";
  /** A CIDR. */
  range: string;
  /** First and last; absent: all. Only for tcp and udp. */
  ports?: [from: number, to: number];
}

export interface WantedFirewall {
  name: string;
  zone: string;
  /** @default SSH from everywhere, IPv4 and IPv6 */
  rules?: FirewallRule[];
}

/** `delete` waits until no machine is behind it, within a bound. */
export interface Firewalls extends Shareable<Firewall, WantedFirewall> {
  /** All rules at once: there is no moment with some of them. */
  setRules(id: string, zone: string, rules: FirewallRule[]): Promise<Firewall>;
}
