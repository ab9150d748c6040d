import type { ProblemDocument, ProblemItem } from "../api/problem.ts";

/** The service answered, and the answer is no. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** The last part of the problem's type: `invalid`, `not_found`, `refused`, … */
  readonly code: string;
  readonly problems: ProblemItem[];
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.detail);
    this.status = document.status;
    this.code = document.type.slice(document.type.lastIndexOf("/") + 1);
    this.problems = document.problems ?? [];
    this.document = document;
  }
}
