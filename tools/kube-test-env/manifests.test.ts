import { describe, expect, it } from 'vitest';
import { inDependencyOrder, parseManifests } from './manifests.ts';
import type { KubeObject } from './objects.ts';

describe('a text of manifests', () => {
  it('is taken apart into its objects', () => {
    const text = `---
# nothing but a comment
---
{ apiVersion: v1, kind: Namespace, metadata: { name: a } }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: b } }
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: c } }
...
`;
    expect(parseManifests(text, 'x.yaml').map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a document that is no object', 'a: 1\n', 'x.yaml:1: a document is no object'],
    ['a second document that is none', '{ apiVersion: v1, kind: A, metadata: {} }\n---\n\n- 1\n', 'x.yaml:4: a document is no object'],
    ['broken YAML', 'a: [1\nb: 2\n', 'x.yaml:2'],
    ['a key that is there twice', 'apiVersion: v1\nkind: A\nkind: B\nmetadata: {}\n', 'x.yaml:3: Map keys must be unique'],
    ['an alias bomb', `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${'*a, '.repeat(20)}]\nc: &c [${'*b, '.repeat(20)}]\nd: [${'*c, '.repeat(20)}]\n`, 'alias'],
  ])('is refused for %s, with file and line', (_what, text, message) => {
    expect(() => parseManifests(text, 'x.yaml')).toThrow(expect.objectContaining({ code: 'KUBE_MANIFEST_INVALID', message: expect.stringContaining(message) }));
  });

  it('means what it means to kubectl, which reads YAML 1.1', () => {
    const [map] = parseManifests('apiVersion: v1\nkind: A\nmetadata: {}\nspec: { mode: 0644, on: yes, quoted: "yes", time: 12:30:00, day: 2026-11-30, size: 5e3 }\n', 'x.yaml');
    expect(map?.['spec']).toEqual({ mode: 0o644, true: true, quoted: 'yes', time: '12:30:00', day: '2026-11-30', size: 5000 });
  });

  it('is put into an order in which each object finds what it refers to', () => {
    const kinds = ['Deployment', 'ConfigMap', 'ClusterRoleBinding', 'ServiceAccount', 'Job', 'Namespace', 'ClusterRole', 'CustomResourceDefinition'];
    const objects = kinds.map((kind): KubeObject => ({ apiVersion: 'v1', kind, metadata: { name: 'x' } }));
    expect(inDependencyOrder(objects).map(({ kind }) => kind)).toEqual(['CustomResourceDefinition', 'Namespace', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'ConfigMap', 'Deployment', 'Job']);
  });
});
