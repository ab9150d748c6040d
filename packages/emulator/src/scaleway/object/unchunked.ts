/** What is in a body of `aws-chunked` form: lengths in hexadecimal, each followed by so many bytes; trailers at the end. */
export function unchunked(body: Uint8Array): Buffer {
  const all = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const line = all.indexOf("\r\n", at);
    const length = line < 0 ? 0 : parseInt(all.toString("latin1", at, line), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(all.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}
