import { readPublicKey } from "./read-public-key.ts";
import { resourceCommand } from "./resource-command.ts";

export const key = resourceCommand({
  kind: "key",
  summary: "SSH keys that new machines let in: list, create, show, delete",
  columns: { FINGERPRINT: ({ fingerprint }) => fingerprint },
  lines: ({ fingerprint, publicKey }) => ({ fingerprint, "public key": publicKey }),
  create: {
    summary: "Add a public key to the project, or find the one of that name",
    usage: "FILE",
    takes: 2,
    options: {},
    details: `mayfly key create me ~/.ssh/id_ed25519.pub
Every machine of the project that is made from then on lets it in. - reads standard input.`,
    read({ positionals: [, file = ""] }) {
      const read = readPublicKey(file);
      return typeof read === "string"
        ? { fields: { publicKey: read }, problems: [] }
        : { fields: { publicKey: "" }, problems: [{ ...read, path: "FILE" }] };
    },
  },
});
