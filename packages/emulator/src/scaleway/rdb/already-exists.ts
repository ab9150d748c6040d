import { Refusal } from "../../http/refusal.ts";

export function alreadyExists(resource: string, id: string): Refusal {
  const message = "resource already exists";
  return new Refusal(409, { type: "already_exists", message, resource, resource_id: id });
}
