import { resourceCommand } from "./resource-command.ts";

export const network = resourceCommand({
  kind: "network",
  summary: "Private networks: list, create, show, delete",
  columns: { SUBNETS: ({ subnets }) => subnets.join(", ") },
  lines: ({ subnets }) => ({ subnets: subnets.join(", ") }),
  create: {
    summary: "Make a private network, or find the one of that name",
    usage: "[--subnet CIDR] [--vpc NAME]",
    takes: 1,
    options: {
      subnet: {
        value: "CIDR",
        field: "subnet",
        help: "its IPv4 addresses (default: what the cloud chooses)",
      },
      vpc: { value: "NAME", field: "vpc", help: "name or id of the VPC (default: the project's)" },
    },
    details: `mayfly network create lab --subnet 10.0.1.0/24
mayfly create --network lab puts an instance into it. It stays until you delete it.`,
    read: (given) => ({ fields: { subnet: given.text("subnet"), vpc: given.text("vpc") }, problems: [] }),
  },
});
