/** A page of a hundred servers has half a megabyte. */
const LARGEST_BODY_BYTES = 16 * 2 ** 20;

/** The body up to its last byte; throws when that is larger than any true answer. */
export async function readWhole(response: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BODY_BYTES) throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
