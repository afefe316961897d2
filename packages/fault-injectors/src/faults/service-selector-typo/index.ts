import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { serviceFault } from '../../kubernetes/objects/serviceFault.ts';
import type { Service } from '../../kubernetes/objects/services.ts';
import { namespaceParam, objectName } from '../../kubernetes/objects/workloads.ts';

const params = z.object({
  namespace: namespaceParam(),
  service: objectName().describe('The Service.'),
  key: z.string().max(317).optional().describe('Which label of the selector is misspelt. Without it the first.'),
});

/** A label's value with a typo: two letters swapped, or one doubled where that would change nothing; as long as a label may be. */
export function misspelt(value: string): string {
  for (let at = value.length - 2; at > 0; at -= 1) {
    const swapped = `${value.slice(0, at)}${value[at + 1]}${value[at]}${value.slice(at + 2)}`;
    if (swapped !== value && /^[A-Za-z0-9]$/.test(value[at] as string) && /^[A-Za-z0-9]$/.test(value[at + 1] as string)) return swapped;
  }
  return value.length < 63 ? `${value}x` : `${value.slice(0, 62)}${value.endsWith('x') ? 'y' : 'x'}`;
}

/** The Service with a typo in its selector. */
export function withTypo(service: Service, key: string | undefined): unknown {
  const { selector = {} } = service.spec;
  const keys = Object.keys(selector).sort();
  const { name } = service.metadata;
  if (keys.length === 0) throw unfit(`Service ${name} has no selector.`, 'Its endpoints are written by somebody else, so that there is nothing to misspell.');
  const chosen = key ?? (keys[0] as string);
  const value = selector[chosen];
  if (value === undefined) throw unfit(`The selector of Service ${name} has no ${chosen}.`, `It has ${keys.join(', ')}.`);
  return { ...service, spec: { ...service.spec, selector: { ...selector, [chosen]: misspelt(value) } } };
}

/** Parameters of {@link serviceSelectorTypo}. */
export type ServiceSelectorTypoParams = Unchanged<z.input<typeof params>>;

/** Misspells the label by which a Service finds its pods. */
export const serviceSelectorTypo = defineFault({
  id: 'service-selector-typo',
  title: 'A Service that finds no pods',
  params,
  provable: 'control-plane',
  symptom: 'All pods are running and ready in metricbeat-*, and yet apache-* has no more lines of requests through the Service; its callers log refused connections or timeouts.',
  targets: { kubernetes: serviceFault<z.output<typeof params>>((service, { key }) => withTypo(service, key)) },
});
