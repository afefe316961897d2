import { expect, it } from 'vitest';
import { scaleToZero } from '../../faults/scale-to-zero/index.ts';
import { faultRole } from './faultRole.ts';
import { rulesOf } from './rules.ts';

const on = (verb: string, resource: string, more: { group?: string; name?: string; subresource?: string } = {}) => ({ verb, group: '', resource, ...more });

it('allows exactly what is asked, with as few rules as can be', () => {
  expect(
    rulesOf([
      on('get', 'secrets', { name: 'a' }),
      on('patch', 'secrets', { name: 'a' }),
      on('patch', 'secrets', { name: 'b' }),
      on('get', 'secrets', { name: 'b' }),
      on('get', 'secrets', { name: 'c' }),
      on('create', 'secrets'),
      on('patch', 'deployments', { group: 'apps', subresource: 'scale', name: 'web' }),
      on('get', 'pods'),
      on('get', 'pods', { name: 'one' }),
      on('get', 'pods'),
    ]),
  ).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get', 'patch'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['c'], verbs: ['get'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['web'], verbs: ['patch'] },
  ]);
  expect(rulesOf([])).toEqual([]);
});

it('says nothing of a store’s namespace where the store is not in the cluster', () => {
  const faults = [scaleToZero({ namespace: 'guestbook', workload: 'deployment/frontend' })];
  const subject = { kind: 'User', name: 'jane' } as const;
  const namespaces = (storeNamespace?: string | null) => new Set(faultRole(faults, { subject, storeNamespace }).map(({ metadata }) => metadata.namespace));
  expect(namespaces()).toEqual(new Set(['guestbook', 'podscope-faults', undefined]));
  expect(namespaces('elsewhere')).toEqual(new Set(['guestbook', 'elsewhere', undefined]));
  expect(namespaces(null)).toEqual(new Set(['guestbook', undefined]));
});
