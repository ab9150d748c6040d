import { z } from "zod";

/** `10.0.1.0/24`: the first address of the range and its length. */
export const ipv4CidrSchema = z
  .cidrv4({ error: "is not a range of IPv4 addresses such as 10.0.1.0/24", abort: true })
  .superRefine((cidr, context) => {
    const first = firstOf(cidr);
    if (first === cidr) return;
    context.addIssue({
      code: "custom",
      message: `${cidr} does not begin where its range does`,
      params: { suggestion: `write ${first}` },
    });
  });

/** `2001:db8::/32`. */
export const ipv6CidrSchema = z
  .string()
  .max(64, { error: "is longer than a range of IPv6 addresses", abort: true })
  .pipe(z.cidrv6("is not a range of IPv6 addresses such as 2001:db8::/32"));

/** The range that an IPv4 address lies in. */
function firstOf(cidr: string): string {
  const [address = "", length = ""] = cidr.split("/");
  const value = address.split(".").reduce((value, byte) => value * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(length));
  const first = value - (value % size);
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${Number(length)}`;
}
