const active = new Set<string>();

/** Says no where another element of this page already has that challenge before the shopper: it is posted once. */
export function claimChallenge(key: string): boolean {
  if (active.has(key)) return false;
  active.add(key);
  return true;
}

export function releaseChallenge(key: string): void {
  active.delete(key);
}
