const SHORTEST = 3;

/** Adds the texts of a request's body to those that answers must echo; shorter ones could be there by chance. */
export function addSentTexts(sent: Set<string>, body: unknown): void {
  if (typeof body === "string") {
    if (body.length >= SHORTEST) sent.add(body);
  } else if (typeof body === "object" && body !== null)
    for (const value of Object.values(body)) addSentTexts(sent, value);
}
