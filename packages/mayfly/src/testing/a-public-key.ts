/** One line of an `authorized_keys` file, always the same for the same number. */
export function aPublicKey(number = 7): string {
  const kind = Buffer.from("ssh-ed25519");
  const sized = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `${kind} ${Buffer.concat([sized(kind), sized(Buffer.alloc(32, number))]).toString("base64")}`;
}
