const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/**
 * A quantity of Kubernetes as a number: `128Mi` → 134217728, `250m` → 0.25, `1e3` → 1000. What is none is 0, since it comes from the server,
 * which has checked it.
 *
 * Source: apimachinery's pkg/api/resource/quantity.go
 */
export function quantityOf(text: string): number {
  const [, number = '', suffix = ''] = /^([+-]?[0-9.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  return (Number(number) || 0) * (SUFFIXES[suffix] ?? 0);
}

/** Thousandths of a core, whole: sums of fractions would be a little beside the truth. */
export function cpuOf(text: string): number {
  return Math.ceil(quantityOf(text) * 1_000 - 1e-9);
}
