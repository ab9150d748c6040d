import type { Twin } from "./kind.ts";

/** Of the same age, the greater id is the younger one, so that everybody agrees. */
export function isYounger(one: Aged, than: Aged): boolean {
  const [a, b] = [one.createdAt ?? 0, than.createdAt ?? 0];
  return a === b ? one.id > than.id : a > b;
}

type Aged = Pick<Twin, "id" | "createdAt">;
