const FACTORS: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 };

/** The value of a quantity such as `500m` or `64Mi`: cores, bytes; undefined for what is none (k8s.io/apimachinery/pkg/api/resource/quantity.go). */
export function quantityOf(text: unknown): number | undefined {
  if (typeof text === 'number') return text;
  const [, digits, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(typeof text === 'string' ? text : '') ?? [];
  return digits === undefined ? undefined : Number(digits) * (FACTORS[unit] as number);
}

/** So many MiB in the shortest form, in which the server stores it. */
export function mebibytes(count: number): string {
  return count % 1_024 === 0 ? `${count / 1_024}Gi` : `${count}Mi`;
}

/** So many thousandths of a core in the shortest form. */
export function millicores(count: number): string {
  return count % 1_000 === 0 ? String(count / 1_000) : `${count}m`;
}

/** The resources of a container with a lower limit of one kind; what it asks for can't be more than that. */
export function withLimit(resources: unknown, kind: 'cpu' | 'memory', limit: string): unknown {
  const { limits = {}, requests = {} } = (resources ?? {}) as { readonly limits?: Readonly<Record<string, string>>; readonly requests?: Readonly<Record<string, string>> };
  const asked = quantityOf(requests[kind]);
  const most = quantityOf(limit) as number;
  const lower = asked !== undefined && asked > most ? { requests: { ...requests, [kind]: limit } } : {};
  return { ...(resources ?? {}), ...lower, limits: { ...limits, [kind]: limit } };
}
