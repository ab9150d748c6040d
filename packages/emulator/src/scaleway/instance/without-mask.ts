/** v1 writes a single address without its mask: recorded of `1.1.1.1/32` and of `2002::1234:abcd:ffff:c0a8:101/128`. */
export function withoutMask(range: string): string {
  return range.replace(range.includes(":") ? /\/128$/ : /\/32$/, "");
}
