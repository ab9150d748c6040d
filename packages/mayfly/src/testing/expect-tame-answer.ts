import assert from "node:assert/strict";

const KNOWN_HEADERS =
  /^(content-type|content-length|location|cache-control|x-content-type-options|date|connection|transfer-encoding|allow): /i;

/** An answer that takes or refuses, in few words, and has no header that somebody else wrote. */
export function expectTameAnswer(answer: string): void {
  const [head = "", body = ""] = answer.split(/\r\n\r\n([^]*)/);
  const [status = "", ...headers] = head.split("\r\n");
  assert.match(status, /^HTTP\/1\.1 [24]\d\d /, answer.slice(0, 200));
  for (const header of headers) assert.match(header, KNOWN_HEADERS);
  assert.ok(body.length < 16_000, `the answer to a hostile request has ${body.length} bytes`);
}
