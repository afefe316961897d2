import { describe, expect, it } from 'vitest';
import { isGuarded, isPatched, isWritten } from './carried.ts';
import type { KubernetesObject } from './types.ts';

const there: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'frontend', namespace: 'guestbook', uid: 'u-1', resourceVersion: '8', labels: { app: 'frontend', tier: 'web' }, annotations: { 'a/b~c': 'x' } },
  spec: { replicas: 3, strategy: { type: 'RollingUpdate' }, template: { spec: { containers: [{ name: 'web', image: 'web:1', imagePullPolicy: 'Always' }] } } },
  status: { replicas: 1 },
};
const wanted = (spec: object, metadata: object = {}) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'frontend', namespace: 'guestbook', resourceVersion: '7', ...metadata }, spec });

describe('a write whose answer was lost', () => {
  it.each([
    ['the same, with what the server adds', wanted({ replicas: 3, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } }), true],
    ['its labels', wanted({}, { labels: { app: 'frontend' } }), true],
    ['a status that writes do not reach', { ...wanted({ replicas: 3 }), status: { replicas: 9 } }, true],
    ['what it leaves out', wanted({ replicas: 3, paused: undefined, priority: null }), true],
    ['another number', wanted({ replicas: 4 }), false],
    ['another image', wanted({ template: { spec: { containers: [{ name: 'web', image: 'web:2' }] } } }), false],
    ['one container more', wanted({ template: { spec: { containers: [{ name: 'web' }, { name: 'log' }] } } }), false],
    ['another label', wanted({}, { labels: { app: 'backend' } }), false],
    ['an object by the same name', wanted({ replicas: 3 }, { uid: 'u-0' }), false],
  ])('was carried out, or not: %s', (_what, object, expected) => {
    expect(isWritten(object, there)).toBe(expected);
  });

  it('of a Secret is known by its encoded data', () => {
    const secret: KubernetesObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { key: 'dmFsdWU=' }, type: 'Opaque' };
    const { data: _data, ...bare } = secret;
    expect(isWritten({ ...bare, metadata: { name: 's' }, stringData: { key: 'value' } }, secret)).toBe(true);
    expect(isWritten({ ...bare, metadata: { name: 's' }, stringData: { key: 'other' } }, secret)).toBe(false);
  });
});

describe('a patch', () => {
  const version = { op: 'test', path: '/metadata/resourceVersion', value: '7' };
  const uid = { op: 'test', path: '/metadata/uid', value: 'u-1' };
  it.each([
    ['tests the version', [version, { op: 'add', path: '/spec/list/-', value: 1 }], true],
    ['writes the version that was read', [{ op: 'add', path: '/spec/list/-', value: 1 }, { ...version, op: 'replace' }], true],
    ['tests the uid and sets', [uid, { op: 'replace', path: '/spec/replicas', value: 3 }], true],
    ['tests the uid and appends', [uid, { op: 'add', path: '/spec/list/-', value: 1 }], false],
    ['tests the uid and inserts', [uid, { op: 'add', path: '/spec/list/0', value: 1 }], false],
    ['tests nothing', [{ op: 'replace', path: '/spec/replicas', value: 3 }], false],
    ['merges with a version', { metadata: { resourceVersion: '7' }, spec: {} }, true],
    ['merges without', { spec: { replicas: 3 } }, false],
  ])('that %s is safe to repeat, or not', (_what, patch, expected) => {
    expect(isGuarded(patch)).toBe(expected);
  });

  it.each([
    ['is as it was to be', [version, { op: 'replace', path: '/spec/replicas', value: 3 }], true],
    ['is as it was to be, in a version of its own', [{ op: 'replace', path: '/spec/replicas', value: 3 }, { ...version, op: 'replace' }], true],
    ['is not', [version, { op: 'replace', path: '/spec/replicas', value: 4 }], false],
    ['has it no more', [version, { op: 'remove', path: '/spec/paused' }], true],
    ['has it still', [version, { op: 'remove', path: '/spec/replicas' }], false],
    ['has a key with a slash', [{ op: 'add', path: '/metadata/annotations/a~1b~0c', value: 'x' }], true],
    ['can not be told', [version, { op: 'add', path: '/spec/list/-', value: 1 }], false],
    ['is another by the same name', [{ ...uid, value: 'u-0' }, { op: 'replace', path: '/spec/replicas', value: 3 }], false],
    ['was merged', { metadata: { resourceVersion: '7', labels: { app: 'frontend', old: null } }, spec: { replicas: 3 } }, true],
    ['was not merged', { metadata: { resourceVersion: '7' }, spec: { replicas: 5 } }, false],
  ])('is known afterwards: the object %s', (_what, patch, expected) => {
    expect(isPatched(patch, there)).toBe(expected);
  });
});
