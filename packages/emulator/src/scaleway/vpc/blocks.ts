import { required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { parseCidr } from "../cidr.ts";

/** A block of addresses that the body names, as the caller wrote it. */
export function requiredBlock(body: Body, name: string): string {
  return checked(name, required(body, name));
}

export function givenBlock(body: Body, name: string): string | undefined {
  const value = text(body, name);
  return value === undefined ? undefined : checked(name, value);
}

export function isIpv6Block(block: string): boolean {
  return parseCidr(block)?.isIpv6 ?? false;
}

function checked(name: string, value: string): string {
  if (!parseCidr(value)) throw invalidArgument(name, "format", "value must be a valid CIDR block");
  return value;
}
