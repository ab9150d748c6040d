import { z } from "zod";
import type { FirewallRule } from "../providers/resources/firewalls.ts";
import { ipv4CidrSchema, ipv6CidrSchema } from "./cidr-schema.ts";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

const port = z.int("is not a port").min(1, "a port is at least 1").max(65_535, "a port is at most 65535");

/** What may come in, or go out. Without a range it is two rules: for every address there is, IPv4 and IPv6. */
export const firewallRuleSchema = z
  .strictObject({
    direction: z.enum(["inbound", "outbound"]).default("inbound"),
    action: z.enum(["accept", "drop"]).default("accept"),
    protocol: z.enum(["tcp", "udp", "icmp", "any"]),
    range: z
      .union(
        [ipv4CidrSchema, ipv6CidrSchema],
        "is not a range of addresses such as 10.0.0.0/8 or 2001:db8::/32",
      )
      .optional(),
    /** First and last. @default all */
    ports: z
      .tuple([port, port])
      .refine(([from, to]) => from <= to, "the first port is above the last")
      .optional(),
  })
  .refine(({ protocol, ports }) => ports === undefined || protocol === "tcp" || protocol === "udp", {
    path: ["ports"],
    message: "only tcp and udp have ports",
  })
  .transform(({ range, ...rule }): FirewallRule[] =>
    (range === undefined ? EVERYWHERE : [range]).map((each) => ({ ...rule, range: each })),
  );
