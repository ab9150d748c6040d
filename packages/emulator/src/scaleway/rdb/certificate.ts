/** What every database shows for itself: signed by itself, and nobody has its key any more. */
export const CERTIFICATE: string = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBlTCCATugAwIBAgIURKxXrVoCH6VnszwrEaOYZQSaNBUwCgYIKoZIzj0EAwIw",
  "HzEdMBsGA1UEAwwUZGF0YWJhc2UubWF5Zmx5LnRlc3QwIBcNMjYxMTIxMTgwNDI4",
  "WhgPMjEyNjEwMjgxODA0MjhaMB8xHTAbBgNVBAMMFGRhdGFiYXNlLm1heWZseS50",
  "ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8aqoJVfhVt3CEjpq8tReNiga",
  "qnnHJHrYGD+FGFaI8HxXjJ38akx/mN+8fCw9v3MQVHr+aYyDkK79lzk/zQjq16NT",
  "MFEwHQYDVR0OBBYEFDu8xsm8DTCvB7rgll7mapJnZuhaMB8GA1UdIwQYMBaAFDu8",
  "xsm8DTCvB7rgll7mapJnZuhaMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID",
  "SAAwRQIgY9z8ynTY+B7t3wuLt6h3XHYUOz36GCvapGeLFfzUzl0CIQDrMJbn4gfv",
  "cC5EqmzrEQRxoKjYGUkR8rAmb84obtx02g==",
  "-----END CERTIFICATE-----",
  "",
].join("\n");
