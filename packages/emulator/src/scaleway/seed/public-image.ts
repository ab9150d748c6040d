/** An image that everybody can use, in one zone. */
export interface PublicImage {
  id: string;
  snapshotId: string;
  /** Empty when the marketplace does not name it. */
  label: string;
  name: string;
  zone: string;
  arch: "x86_64" | "arm64";
  /** What its root volume must be. */
  type: "instance_sbs" | "instance_local";
  /** @default IMAGES_CREATED_AT */
  createdAt?: number;
  /** @default the image's name */
  snapshotName?: string;
  /** Of the root volume. @default 10 GB */
  bytes?: number;
}
