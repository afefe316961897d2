const UNITS: Readonly<Record<string, number>> = {
  '': 1, n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number: `500m` is 0.5, `1Gi` is 1073741824, `1e3` is 1000
 * (k8s.io/apimachinery/pkg/api/resource/quantity.go).
 *
 * @returns NaN for what is none.
 */
export function quantity(text: string): number {
  const [, number = '', unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/u.exec(text) ?? [];
  return number === '' ? Number.NaN : Number(number) * (UNITS[unit] ?? Number.NaN);
}

/** A number of bytes as people write it: `1.5 GiB`. */
export function bytes(value: number): string {
  const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
  const scaled = value / 2 ** (10 * step);
  return `${Number.isInteger(scaled) ? scaled : scaled.toFixed(1)} ${steps[step]}`;
}

/** A number of CPUs: `0.25`. */
export const cpus = (value: number): string => `${Math.round(value * 100) / 100}`;
