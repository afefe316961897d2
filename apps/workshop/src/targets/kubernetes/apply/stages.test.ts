import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stageOf, stagesOf } from './stages.ts';

const KINDS = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'Secret', 'ConfigMap', 'PersistentVolumeClaim', 'NetworkPolicy', 'Service', 'Deployment', 'StatefulSet', 'Pod', 'HorizontalPodAutoscaler', 'ValidatingWebhookConfiguration', 'Certificate'];

/** What has to be there before: each pair is refused, or fails at first, the other way round. */
const BEFORE: readonly (readonly [string, string])[] = [
  ['Namespace', 'ConfigMap'],
  ['CustomResourceDefinition', 'Certificate'],
  ['PriorityClass', 'Pod'],
  ['ServiceAccount', 'Pod'],
  ['Role', 'RoleBinding'],
  ['ClusterRole', 'ClusterRoleBinding'],
  ['ConfigMap', 'Deployment'],
  ['PersistentVolumeClaim', 'Pod'],
  ['NetworkPolicy', 'Deployment'],
  ['Service', 'StatefulSet'],
  ['Deployment', 'HorizontalPodAutoscaler'],
  ['Deployment', 'ValidatingWebhookConfiguration'],
  ['Deployment', 'Certificate'],
];

it.each(BEFORE)('a %s comes before a %s', (first, second) => {
  expect(stageOf(first)).toBeLessThan(stageOf(second));
});

it('every object is in exactly one stage, stages are in order, and inside a stage objects keep theirs', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...KINDS)), (kinds) => {
      const items = kinds.map((kind, index) => ({ kind, index }));
      const stages = stagesOf(items, ({ kind }) => kind);
      expect(stages.flatMap((stage) => stage.items).toSorted((a, b) => a.index - b.index)).toEqual(items);
      for (const { items: inStage } of stages) {
        expect(new Set(inStage.map(({ kind }) => stageOf(kind))).size).toBe(1);
        expect(inStage.map(({ index }) => index)).toEqual(inStage.map(({ index }) => index).toSorted((a, b) => a - b));
      }
      const order = stages.map((stage) => stageOf(stage.items[0]?.kind ?? ''));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(new Set(order).size).toBe(order.length);
    }),
  );
});

it('what comes before another one does so wherever it stands', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(KINDS, { minLength: KINDS.length }), (kinds) => {
      const order = stagesOf(kinds, (kind) => kind).flatMap(({ items }) => items);
      for (const [first, second] of BEFORE) expect(order.indexOf(first)).toBeLessThan(order.indexOf(second));
    }),
  );
});
