import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';

const MASK = '***';

const valuesOf = (object: KubernetesObject | undefined): Readonly<Record<string, unknown>> => (object?.['data'] as Readonly<Record<string, unknown>> | undefined) ?? {};

/**
 * Both sides of a Secret with its values hidden. A value that changes is seen to change, as `kubectl diff` shows it
 * (`Masker` in `k8s.io/kubectl/pkg/cmd/diff/diff.go`).
 */
export function hideValues(before: KubernetesObject | undefined, after: KubernetesObject | undefined): readonly [KubernetesObject | undefined, KubernetesObject | undefined] {
  if ((before ?? after)?.kind !== 'Secret') return [before, after];
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  const hidden = (values: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>>, side: string) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, others[key] === undefined || others[key] === value ? MASK : `${MASK} (${side})`]));
  return [before === undefined ? undefined : { ...before, data: hidden(old, fresh, 'before') }, after === undefined ? undefined : { ...after, data: hidden(fresh, old, 'after') }];
}
