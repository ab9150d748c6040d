/** What was asked for does not exist or does not fit: for a person to mend. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly suggestion: string | undefined;

  constructor(message: string, suggestion?: string) {
    super(message);
    this.suggestion = suggestion;
  }
}
