/** The first block of 256 addresses of an IPv4 range that touches none of those taken; undefined when there is none. */
export function freeRange(range: string, taken: readonly string[]): string | undefined {
  const whole = bounds(range);
  const blocks = taken.map(bounds);
  const first = Math.ceil(whole.first / SIZE) * SIZE;
  for (let from = first; from + SIZE - 1 <= whole.last; from += SIZE) {
    const touches = blocks.some(({ first, last }) => first < from + SIZE && last >= from);
    if (!touches) return `${[24, 16, 8, 0].map((shift) => Math.floor(from / 2 ** shift) % 256).join(".")}/24`;
  }
  return undefined;
}

const SIZE = 256;

function bounds(range: string): { first: number; last: number } {
  const [address = "", bits = "32"] = range.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}
