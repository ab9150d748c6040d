import type { PublicImage } from "./public-image.ts";

const old = (image: Pick<PublicImage, "id" | "snapshotId" | "name"> & Partial<PublicImage>): PublicImage => ({
  label: "",
  zone: "fr-par-1",
  arch: "x86_64",
  type: "instance_local",
  ...image,
});

/** Public images that the marketplace no longer names: whoever still has the id can use them. */
export const RETIRED_IMAGES: readonly PublicImage[] = [
  old({
    id: "cf44b8f5-77e2-42ed-8f1e-09ed5bb028fc",
    snapshotId: "6e66445c-e52e-4cfa-bf4c-f36e291e2c30",
    snapshotName: "ubuntu_20.04_focal_fossa:volume-0",
    name: "Ubuntu 20.04 Focal Fossa",
    createdAt: Date.UTC(2020, 6, 9, 10, 38, 16, 265),
  }),
  old({
    id: "655aeea7-8a30-418a-bc2e-3c04e3fdc8aa",
    snapshotId: "27a6459c-efe6-4327-a062-b21a17f3143d",
    name: "Ubuntu 18.04 Bionic Beaver",
    createdAt: Date.UTC(2023, 7, 8, 13, 36, 4, 744),
  }),
  old({
    id: "f974feac-abae-4365-b988-8ec7d1cec10d",
    snapshotId: "dd5f5c10-23b1-4c9c-8445-eb6740957c84",
    snapshotName: "snapshot-de728daa-0bf6-4c64-abf5-a9477e791c83-2019-03-05_10:13",
    name: "Ubuntu Bionic Beaver",
    createdAt: Date.UTC(2019, 2, 5, 10, 13, 15, 974),
  }),
  old({
    id: "d4067cdc-dc9d-4810-8a26-0dae51d7df42",
    snapshotId: "6fb4094d-f6e2-4b6e-b659-dc62258e9dad",
    snapshotName: "snapshot-e845ae67-2e67-4ec0-8955-3293a851b092-2018-08-31_12:09",
    bytes: 50_000_000_000,
    name: "Ubuntu Bionic Beaver",
    createdAt: Date.UTC(2018, 7, 31, 12, 9, 48, 318),
  }),
];
