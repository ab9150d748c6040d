/** The marketplace label behind a name that people say: `ubuntu-24.04`; what is no such name is taken for a label. */
export function imageLabel(name: string): string {
  const said = name.toLowerCase();
  if (Object.hasOwn(imageAliases, said)) return imageAliases[said]!;
  return NUMBERED.test(said) ? said.replaceAll("-", "_") : name;
}

/** Labels that say a release by its name. */
export const imageAliases: Readonly<Record<string, string>> = {
  "ubuntu-20.04": "ubuntu_focal",
  "ubuntu-22.04": "ubuntu_jammy",
  "ubuntu-24.04": "ubuntu_noble",
  "ubuntu-26.04": "ubuntu_resolute",
  "debian-11": "debian_bullseye",
  "debian-12": "debian_bookworm",
  "debian-13": "debian_trixie",
};

/** Labels that say a release by its number: `fedora_43`. */
const NUMBERED = /^(fedora|rockylinux|almalinux|centos-stream)-\d{1,3}$/;
