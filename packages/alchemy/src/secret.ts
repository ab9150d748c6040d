/** What `alchemy.secret` makes: encrypted in the state, shown nowhere. */
export interface Secret {
  readonly type: "secret";
  readonly unencrypted: string;
}

export function reveal(value: string | Secret): string {
  return typeof value === "string" ? value : value.unencrypted;
}
