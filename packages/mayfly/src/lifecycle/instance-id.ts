const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

/** `mf-` and 12 characters out of 8 random bytes: 60 bits. */
export function instanceId(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte);
  let id = "";
  for (let i = 0; i < 12; i++) {
    id = CROCKFORD[Number(bits & 31n)] + id;
    bits >>= 5n;
  }
  return `mf-${id}`;
}

export const isInstanceId = (text: string): boolean => /^mf-[0-9a-hjkmnp-tv-z]{12}$/.test(text);
