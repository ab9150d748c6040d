const image = (id: string, name: string, owner: string, arch: string, rootDevice: string, made: string) => ({
  ami_id: id,
  name,
  description: name,
  owner_id: owner,
  architecture: arch,
  root_device_name: rootDevice,
  root_device_type: "ebs",
  creation_date: made,
  state: "available",
  public: true,
  image_type: "machine",
  virtualization_type: "hvm",
  hypervisor: "xen",
  sriov: "simple",
});

const [UBUNTU, DEBIAN, AMAZON, SOMEBODY] = ["099720109477", "136693071363", "137112412989", "111122223333"];
const NOBLE = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04";

/** Images as moto is told of them, since of these it knows none: two builds of one name, and one by somebody else. */
export const motoImages = [
  image(
    "ami-0aaaaaaaaaaaaaa01",
    `${NOBLE}-amd64-server-20250101`,
    UBUNTU,
    "x86_64",
    "/dev/sda1",
    "2025-01-01T00:00:00Z",
  ),
  image(
    "ami-0aaaaaaaaaaaaaa02",
    `${NOBLE}-amd64-server-20250601`,
    UBUNTU,
    "x86_64",
    "/dev/sda1",
    "2025-06-01T00:00:00Z",
  ),
  image(
    "ami-0aaaaaaaaaaaaaa03",
    `${NOBLE}-amd64-server-20251231`,
    SOMEBODY,
    "x86_64",
    "/dev/sda1",
    "2025-12-31T00:00:00Z",
  ),
  image(
    "ami-0aaaaaaaaaaaaaa04",
    `${NOBLE}-arm64-server-20250601`,
    UBUNTU,
    "arm64",
    "/dev/sda1",
    "2025-06-01T00:00:00Z",
  ),
  image(
    "ami-0bbbbbbbbbbbbbb01",
    "debian-12-amd64-20250530-2128",
    DEBIAN,
    "x86_64",
    "/dev/xvda",
    "2025-05-30T00:00:00Z",
  ),
  image(
    "ami-0cccccccccccccc01",
    "al2023-ami-2023.7.20250609.0-kernel-6.1-x86_64",
    AMAZON,
    "x86_64",
    "/dev/xvda",
    "2025-06-09T00:00:00Z",
  ),
];
