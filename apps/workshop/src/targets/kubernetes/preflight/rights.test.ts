import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluralOf } from '@podscope/fault-injectors/kubernetes';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { TargetOptions } from '../options.ts';
import { rightsObjects } from '../run/prospect.ts';
import { synthTarget } from '../target.ts';
import { accessesFor, clusterRoleFor, type RightsObject } from './rights.ts';

const options: TargetOptions = {
  namespaces: { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' },
  pattern: 'workshop', opensearch: { how: 'built-in', nodes: 3, storage: '10Gi', major: 2 }, dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: undefined, storageClass: undefined,
};
const CLUSTER_WIDE = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding']);
const resourceOf = ({ apiVersion, kind }: RightsObject) => ({ group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', resource: pluralOf(kind), namespaced: !CLUSTER_WIDE.has(kind) });
const accesses = accessesFor(rightsObjects(synthTarget(options, '1.33'), options), resourceOf);

describe('the rights that up takes', () => {
  it('are the ClusterRole of the docs, to the letter', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../../docs/guide/kubernetes-target.md'), 'utf8');
    const [, documented] = /<!-- rights:[^\n]*-->\n\n```text\n([\s\S]*?)```/u.exec(page) ?? [];
    expect(documented).toBe(stringify(clusterRoleFor(accesses), { lineWidth: 0, flowCollectionPadding: false }));
  });

  it('hold what is applied, what is given away, and what is looked at, each once', () => {
    expect(new Set(accesses.map((access) => JSON.stringify(access))).size).toBe(accesses.length);
    expect(accesses).toContainEqual({ verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'guestbook' });
    expect(accesses).toContainEqual({ verb: 'create', group: '', resource: 'pods', subresource: 'portforward', namespace: 'opensearch' });
    // Metricbeat's account may do it, so who makes its ClusterRole has to.
    expect(accesses).toContainEqual({ verb: 'get', group: '', resource: 'nodes', subresource: 'stats' });
    expect(accesses.filter(({ group, resource }) => group === 'rbac.authorization.k8s.io' && resource === 'clusterroles').map(({ verb }) => verb).toSorted()).toEqual(['create', 'delete', 'get', 'list', 'patch', 'watch']);
  });
});
