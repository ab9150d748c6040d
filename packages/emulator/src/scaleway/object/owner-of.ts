import type { Xml } from "./xml.ts";

/** Whose a bucket is: its project, twice. */
export function ownerOf(projectId: string): { readonly [name: string]: Xml } {
  const id = `${projectId}:${projectId}`;
  return { DisplayName: id, ID: id };
}
