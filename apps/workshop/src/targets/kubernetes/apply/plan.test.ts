import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { configMap, deployment, namespace } from '../testing/objects.ts';
import { APPLYSET, applySetLabel, keyOf, NOTES, refOf } from './applySet.ts';
import { canonical, manifestOf } from './manifest.ts';
import { kindKey, type ObservedSet } from './observe.ts';
import { isUnchanged, planApply, planLines } from './plan.ts';

const id = { name: 'set', namespace: 'default' };
const label = applySetLabel(id);

const secret = (password: string): ObjectToWrite => ({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'app', name: 'login' }, stringData: { password } });
const objects = [deployment('app', 'web'), configMap('app', 'settings'), namespace('app'), secret('hush-hush')];

/** An empty cluster that knows the kinds of some objects. */
const empty = (wanted: readonly ObjectToWrite[]): ObservedSet => ({
  id,
  label,
  book: undefined,
  kinds: Object.fromEntries(wanted.map((object) => [kindKey(object), { apiVersion: object.apiVersion, kind: object.kind, namespaced: object.metadata.namespace !== undefined }])),
  namespaces: { default: 'live', app: 'missing' },
  live: {},
});

/** Objects as they were applied, with nothing but managed fields missing: nobody knows whose their fields are. */
function live(wanted: readonly ObjectToWrite[]): Readonly<Record<string, KubernetesObject>> {
  return Object.fromEntries(wanted.map((object) => [keyOf(refOf(object)), manifestOf(id, object).reveal() as unknown as KubernetesObject]));
}

describe('the id of a set', () => {
  // As `kubectl apply --applyset` computes it; the same is asked of a real kubectl in apply.kubernetes.test.ts.
  it('is the hash of the book’s name', () => {
    // printf %s set.default.ConfigMap. | openssl dgst -sha256 -binary | basenc --base64url
    expect(label).toBe('applyset-wJ09oSsjdXnJISxF8wpIXGC_mm1W0QC7xRESC5L9INg-v1');
    expect(label.length).toBeLessThanOrEqual(63);
    expect(applySetLabel({ ...id, kind: 'Secret' })).not.toBe(label);
  });
});

describe('a plan', () => {
  it('makes everything in an empty cluster, in the order of kinds', () => {
    const plan = planApply(empty(objects), objects);
    expect(plan.changes.map(({ action, ref }) => `${action} ${ref.kind}`)).toEqual(['create Namespace', 'create ConfigMap', 'create Secret', 'create Deployment']);
    expect(plan.during).toEqual({ groupKinds: ['ConfigMap', 'Deployment.apps', 'Namespace', 'Secret'], namespaces: ['app', 'default'] });
    expect(planLines(plan).at(-1)).toBe('4 to create.');
  });

  it('is the same for the same, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.string(), { maxKeys: 6 }), (data) => {
        const turned = Object.fromEntries(Object.entries(data).toReversed());
        expect(manifestOf(id, configMap('app', 'x', turned)).hash).toBe(manifestOf(id, configMap('app', 'x', data)).hash);
      }),
    );
  });

  it('tells apart what differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(canonical(a) !== canonical(b));
        expect(manifestOf(id, { ...configMap('app', 'x'), spec: a }).hash).not.toBe(manifestOf(id, { ...configMap('app', 'x'), spec: b }).hash);
      }),
    );
  });

  it('shows no value of a Secret, however it is printed', () => {
    const plan = planApply(empty(objects), objects);
    for (const text of [JSON.stringify(plan), inspect(plan, { depth: 20, showHidden: true }), planLines(plan).join('\n')]) {
      expect(text).not.toContain('hush-hush');
      expect(text).not.toContain(Buffer.from('hush-hush').toString('base64'));
    }
    expect(plan.changes.find(({ ref }) => ref.kind === 'Secret')?.manifest?.reveal()).toMatchObject({ data: { password: Buffer.from('hush-hush').toString('base64') } });
  });

  it('does not believe a hash alone: whose fields cannot be told are applied again', () => {
    const plan = planApply({ ...empty(objects), namespaces: { default: 'live', app: 'live' }, live: live(objects) }, objects);
    expect(plan.changes.map(({ action }) => action)).toEqual(['update', 'update', 'update', 'update']);
    expect(isUnchanged(plan)).toBe(false);
  });

  it('labels members, and the claims of StatefulSets with another label', () => {
    const set: ObjectToWrite = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { namespace: 'app', name: 'db' }, spec: { volumeClaimTemplates: [{ metadata: { name: 'data', labels: { a: 'b' } } }] } };
    expect(manifestOf(id, set).reveal()).toMatchObject({ metadata: { labels: { [APPLYSET.partOf]: label } }, spec: { volumeClaimTemplates: [{ metadata: { name: 'data', labels: { a: 'b', [NOTES.claimOf]: label } } }] } });
  });

  it('refuses an object that says it is of another set', () => {
    const other = { ...configMap('app', 'x'), metadata: { namespace: 'app', name: 'x', labels: { [APPLYSET.partOf]: 'applyset-other-v1' } } };
    expect(() => planApply(empty([other]), [other])).toThrow('another set');
  });
});
