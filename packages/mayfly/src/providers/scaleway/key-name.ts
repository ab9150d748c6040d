/** Keys have no tags: the name of one that an instance wanted says whose it is. An owner has no `--` in it. */
export function cloudName(name: string, { owner, onDemand }: { owner: string; onDemand?: boolean }): string {
  return onDemand ? `mayfly-${owner}--${name}` : name;
}

export function shownName(inCloud: string): { name: string; owner?: string; onDemand: boolean } {
  const [, owner, name] = /^mayfly-(.+?)--(.+)$/.exec(inCloud) ?? [];
  return owner === undefined || name === undefined
    ? { name: inCloud, onDemand: false }
    : { name, owner, onDemand: true };
}
