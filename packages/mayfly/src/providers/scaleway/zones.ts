/** Every zone that offers Instances: https://www.scaleway.com/en/docs/instances/concepts/#availability-zone */
export const scalewayZones: readonly string[] = [
  "fr-par-1",
  "fr-par-2",
  "fr-par-3",
  "nl-ams-1",
  "nl-ams-2",
  "nl-ams-3",
  "pl-waw-1",
  "pl-waw-2",
  "pl-waw-3",
];
