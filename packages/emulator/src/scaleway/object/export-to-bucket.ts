import { plan } from "../../world.ts";
import type { Span, Steps, World } from "../../world.ts";
import { putVersion } from "./put-version.ts";
import { buckets } from "./rows.ts";

interface Export {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly from: number;
  /** How long the export takes: the object is there when it can be over. */
  readonly span: Span;
}

/** A snapshot that is on its way into a bucket: the object is there before it ends, if the bucket is. */
export function exportToBucket(world: World, { bucket, key, size, from, span }: Export): void {
  plan(world, {
    step: "object:exported",
    id: `${bucket}/${key}`,
    epoch: size,
    from,
    span: [span[0], span[0]],
  });
}

export const exportSteps: Steps = {
  "object:exported": (world, id, at, size) => {
    const [name = "", ...rest] = id.split("/");
    const bucket = buckets(world).get(name);
    if (!bucket) return;
    const etag = `${world.random.hex(32)}-1`;
    const given = { isMarker: false, contentType: "application/x-qemu-disk", base64: "", acl: "private" };
    putVersion(world, bucket, { ...given, name: rest.join("/"), size, etag, checksum: "CRC32" }, at);
  },
};
