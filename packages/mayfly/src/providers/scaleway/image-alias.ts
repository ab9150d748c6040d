/** The marketplace label behind a name that people say: `ubuntu-24.04`; what is no such name is taken for a label. */
export function imageLabel(name: string): string {
  return imageAliases[name.toLowerCase()] ?? name;
}

export const imageAliases: Readonly<Record<string, string>> = {
  "ubuntu-20.04": "ubuntu_focal",
  "ubuntu-22.04": "ubuntu_jammy",
  "ubuntu-24.04": "ubuntu_noble",
  "debian-11": "debian_bullseye",
  "debian-12": "debian_bookworm",
};
