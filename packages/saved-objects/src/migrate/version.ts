function partsOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/** Whether one version of a product is before another. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [partsOf(version), partsOf(than)];
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The latest of some versions. */
export function newest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>((latest, version) => (latest === undefined || isOlder(latest, version) ? version : latest), undefined);
}
