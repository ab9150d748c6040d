import { createHash } from "node:crypto";
import { IMAGE_IDS } from "./image-ids.ts";
import type { PublicImage } from "./public-image.ts";
import { RETIRED_IMAGES } from "./retired-images.ts";
import { ZONES } from "./zones.ts";

export type { PublicImage } from "./public-image.ts";

export const MARKETPLACE_ORGANIZATION = "51b656e3-4865-41e8-adbc-0c45bdd780db";
export const IMAGES_CREATED_AT = Date.UTC(2026, 4, 12, 15, 6, 26, 845);

interface Label {
  label: string;
  name: string;
  /** Which kinds of local image exist. @default all three */
  kinds?: "x86" | "sbs";
  /** What its root volume has to hold. @default 10 GB */
  bytes?: number;
}

export const LABELS: readonly Label[] = [
  { label: "almalinux_8", name: "AlmaLinux 8", kinds: "sbs" },
  { label: "almalinux_9", name: "AlmaLinux 9", kinds: "sbs" },
  { label: "centos_stream_9", name: "Centos Stream 9", kinds: "sbs" },
  { label: "debian_bullseye", name: "Debian 11 (Bullseye)" },
  { label: "debian_bookworm", name: "Debian 12 (Bookworm)" },
  { label: "debian_trixie", name: "Debian 13 (Trixie)" },
  { label: "docker", name: "Docker", kinds: "x86" },
  { label: "fedora_42", name: "Fedora 42", kinds: "sbs" },
  { label: "fedora_43", name: "Fedora 43", kinds: "sbs" },
  { label: "gitlab", name: "GitLab", kinds: "x86" },
  { label: "nextcloud", name: "NextCloud", kinds: "x86" },
  { label: "openvpn", name: "OpenVPN", kinds: "x86" },
  { label: "rockylinux_8", name: "Rocky Linux 8", kinds: "sbs" },
  { label: "rockylinux_9", name: "Rocky Linux 9", kinds: "sbs" },
  { label: "ubuntu_focal", name: "Ubuntu 20.04 Focal Fossa" },
  { label: "ubuntu_jammy", name: "Ubuntu 22.04 Jammy Jellyfish" },
  { label: "ubuntu_noble", name: "Ubuntu 24.04 Noble Numbat" },
  { label: "ubuntu_resolute", name: "Ubuntu 26.04 Resolute Raccoon" },
  { label: "ubuntu_jammy_gpu_os_12", name: "Ubuntu Jammy GPU OS 12", kinds: "x86" },
  { label: "ubuntu_noble_gpu_os_12", name: "Ubuntu Noble GPU OS 12", kinds: "x86" },
  { label: "windows_server_2022", name: "Windows Server 2022", kinds: "x86", bytes: 25e9 },
  { label: "windows_server_2022_core", name: "Windows Server 2022 Core", kinds: "x86", bytes: 25e9 },
  { label: "wordpress", name: "WordPress", kinds: "x86" },
];

/** The public images of all zones; their ids are the same in every emulator, and the cloud's own where those are known. */
export function publicImages(): PublicImage[] {
  return [...ZONES.flatMap((zone) => LABELS.flatMap((label) => imagesOf(label, zone))), ...RETIRED_IMAGES];
}

function imagesOf({ label, name, kinds, bytes }: Label, zone: string): PublicImage[] {
  const image = (arch: PublicImage["arch"], type: PublicImage["type"]): PublicImage => {
    const key = `${zone}/${label}/${arch}/${type}`;
    const [id = uuidOf(`image/${key}`), snapshotId = uuidOf(`snapshot/${key}`)] = IMAGE_IDS[key] ?? [];
    return {
      id,
      snapshotId,
      label,
      name,
      zone,
      arch,
      type,
      ...(bytes === undefined ? {} : { bytes }),
    };
  };
  const x86 = image("x86_64", "instance_sbs");
  if (kinds === "x86") return [x86];
  const sbs = [image("arm64", "instance_sbs"), x86];
  return kinds === "sbs" ? sbs : [image("x86_64", "instance_local"), ...sbs];
}

/** A UUID that depends on nothing but the name. */
export function uuidOf(name: string): string {
  const h = createHash("sha1").update(`mayfly/${name}`).digest("hex");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
