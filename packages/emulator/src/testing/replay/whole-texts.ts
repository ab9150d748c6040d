/** What recordings have in the place of a key and a certificate. */
const REDACTED = "-----REDACTED PEM----------REDACTED PEM-----";

/** Signed by itself, for `myserver.mydomain.com` and `otherserver.otherdomain.com`; nobody has its key any more. */
const CERTIFICATE = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBvzCCAWWgAwIBAgIUCSAnXmU/4VeQlgn74oxHvgE6JyQwCgYIKoZIzj0EAwIw",
  "IDEeMBwGA1UEAwwVbXlzZXJ2ZXIubXlkb21haW4uY29tMCAXDTI2MTEyMTE3NTAw",
  "MloYDzIxMjYxMDI4MTc1MDAyWjAgMR4wHAYDVQQDDBVteXNlcnZlci5teWRvbWFp",
  "bi5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATD+xb5sq+fwj8zKPBITu1W",
  "ZPSYGeo58O4lCmaST83XDHIq+sMLpsBQeaVl/qbmjsQCNXnNqrX3W8KyQ6FqkoFN",
  "o3sweTAdBgNVHQ4EFgQU7/xhBR+BKMsrXJRJbqDPgpvBI2AwHwYDVR0jBBgwFoAU",
  "7/xhBR+BKMsrXJRJbqDPgpvBI2AwDwYDVR0TAQH/BAUwAwEB/zAmBgNVHREEHzAd",
  "ghtvdGhlcnNlcnZlci5vdGhlcmRvbWFpbi5jb20wCgYIKoZIzj0EAwIDSAAwRQIh",
  "APk0bSKx3bEouKkAzIxLq9o4qu8orAm0Cpbt7C+XfzpBAiBsKL8eRPPl1diHPsef",
  "xrtNfwaMn8h/2esU83dLaRHuIQ==",
  "-----END CERTIFICATE-----",
].join("\n");

/** A recorded line of JSON with a certificate where it was taken out. */
export function wholeTexts(json: string): string {
  return json.replaceAll(REDACTED, CERTIFICATE.replaceAll("\n", "\\n"));
}
