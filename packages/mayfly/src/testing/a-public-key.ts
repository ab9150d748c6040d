/** One line of an `authorized_keys` file, always the same. */
export function aPublicKey(): string {
  const kind = Buffer.from("ssh-ed25519");
  const sized = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `${kind} ${Buffer.concat([sized(kind), sized(Buffer.alloc(32, 7))]).toString("base64")}`;
}
