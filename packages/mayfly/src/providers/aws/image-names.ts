export type Arch = "x86_64" | "arm64";

/** An image by the name that people have for it: whose it is, and what the owner calls its builds. */
export interface ImageName {
  label: string;
  title: string;
  owner: string;
  /** A filter in which `*` stands for what differs from build to build. */
  pattern: Record<Arch, string>;
}

const UBUNTU = "099720109477";
const DEBIAN = "136693071363";
const AMAZON = "137112412989";

const ubuntu = (version: string, code: string, disk: string): ImageName => ({
  label: `ubuntu-${version}`,
  title: `Ubuntu ${version} LTS`,
  owner: UBUNTU,
  pattern: {
    x86_64: `ubuntu/images/${disk}/ubuntu-${code}-${version}-amd64-server-*`,
    arm64: `ubuntu/images/${disk}/ubuntu-${code}-${version}-arm64-server-*`,
  },
});

const debian = (version: string, code: string): ImageName => ({
  label: `debian-${version}`,
  title: `Debian ${version} (${code})`,
  owner: DEBIAN,
  pattern: { x86_64: `debian-${version}-amd64-*`, arm64: `debian-${version}-arm64-*` },
});

/**
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/ ·
 * https://wiki.debian.org/Cloud/AmazonEC2Image · https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
export const imageNames: readonly ImageName[] = [
  ubuntu("24.04", "noble", "hvm-ssd-gp3"),
  ubuntu("22.04", "jammy", "hvm-ssd"),
  debian("13", "trixie"),
  debian("12", "bookworm"),
  {
    label: "al2023",
    title: "Amazon Linux 2023",
    owner: AMAZON,
    pattern: { x86_64: "al2023-ami-2023.*-x86_64", arm64: "al2023-ami-2023.*-arm64" },
  },
];
