import { isIP } from "node:net";

/**
 * A CIDR in the one spelling by which two can be compared: with its mask, without bits behind it, IPv6 shortened. An
 * address is a block of one, which the cloud shows without a mask. Undefined for what is neither.
 */
export function canonicalRange(text: string): string | undefined {
  const [address = "", mask, ...rest] = text.split("/");
  const family = address.includes("%") ? 0 : isIP(address);
  const longest = family === 4 ? 32 : 128;
  const length = mask === undefined ? longest : /^\d{1,3}$/.test(mask) ? Number(mask) : Infinity;
  if (family === 0 || rest.length > 0 || length > longest) return undefined;
  const parts = family === 4 ? octets(address) : words(address);
  const size = longest / parts.length;
  const kept = parts.map((part, index) => {
    const behind = Math.min(Math.max((index + 1) * size - length, 0), size);
    return part - (part % 2 ** behind);
  });
  return `${family === 4 ? kept.join(".") : shortened(kept)}/${length}`;
}

const octets = (address: string): number[] => address.split(".").map(Number);

function words(address: string): number[] {
  const [head = "", tail = ""] = canonical(address).split("::");
  const given = (text: string) =>
    text === "" ? [] : text.split(":").map((word) => Number.parseInt(word, 16));
  const [before, after] = [given(head), given(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

const shortened = (parts: number[]): string => canonical(parts.map((part) => part.toString(16)).join(":"));

/** As RFC 5952 has it, like URLs do: https://url.spec.whatwg.org/#concept-ipv6-serializer */
const canonical = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
