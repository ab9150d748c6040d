import { printable } from "./printable.ts";

/** What is wrong with one line of an `authorized_keys` file; it may be a secret, and is not repeated. */
export function publicKeyProblem(text: string): string | undefined {
  if (text.includes("PRIVATE KEY")) return "is a private key: it stays with its owner";
  if (/[\r\n]/.test(text)) return "has several lines; a public key has one";
  const [kind = "", blob = ""] = text.split(/\s+/);
  if (!KINDS.test(kind) || !/^[A-Za-z0-9+/]{40,}={0,2}$/.test(blob) || blob.length % 4 !== 0)
    return "is not a public key";
  // It begins with its kind, behind the length of that.
  if (atob(blob).slice(4, 4 + kind.length) !== kind) return "is not a public key";
  return printable(text) === text ? undefined : "has a comment with characters that cannot be seen";
}

const KINDS =
  /^(ssh-(rsa|ed25519)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/;
