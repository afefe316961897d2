import { describe, expect, it } from 'vitest';
import { foreignChanges, patchTo, type PatchOperation } from './touchPatch.ts';
import { pathText, touchesBetween, valueAt, valueText } from './touches.ts';

const workload = () => ({
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    template: {
      spec: {
        containers: [
          { name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }, { name: 'C', value: '3' }], resources: {} },
          { name: 'helper', image: 'helper:1', command: ['run', 'fast'] },
        ],
      },
    },
  },
});
type Shape = { metadata: { name: string; annotations?: Record<string, string> }; spec: { replicas?: number; template: { spec: { dnsPolicy?: string; containers: Record<string, unknown>[] } } } };

/** What the API server does with a patch (RFC 6902), as far as these tests send it. */
function applied(object: unknown, operations: readonly PatchOperation[]): unknown {
  const root = structuredClone(object);
  for (const { op, path, value } of operations) {
    const keys = path.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() as string;
    const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root) as Record<string, unknown> | unknown[];
    if (Array.isArray(holder)) holder.splice(Number(last), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
    else if (op === 'remove') Reflect.deleteProperty(holder, last);
    else holder[last] = value;
  }
  return root;
}

const edits: Readonly<Record<string, (object: Shape) => void>> = {
  'a number': (object) => (object.spec.replicas = 100),
  'a member that goes': (object) => Reflect.deleteProperty(object.spec, 'replicas'),
  'a member that is new, below one that is empty': (object) => ((object.spec.template.spec.containers[0] as { resources: object }).resources = { limits: { memory: '8Mi' } }),
  'members that are new, with what is around them': (object) => (object.metadata.annotations = { 'podscope.dev/a~b': 'x', other: 'y' }),
  'an item that goes, from the middle': (object) => ((object.spec.template.spec.containers[0] as { env: unknown[] }).env.splice(1, 1)),
  'an item that is new': (object) => ((object.spec.template.spec.containers[0] as { env: unknown[] }).env.push({ name: 'D', value: '4' })),
  'a list that is new': (object) => ((object.spec.template.spec.containers[1] as { env?: unknown[] }).env = [{ name: 'D', value: '4' }]),
  'a list without names, as a whole': (object) => ((object.spec.template.spec.containers[1] as { command: string[] }).command = ['false']),
  'several at once': (object) => {
    edits['an item that goes, from the middle']?.(object);
    edits['an item that is new']?.(object);
    edits['a number']?.(object);
    object.spec.template.spec.dnsPolicy = 'None';
  },
};

describe('the places that an edit touches', () => {
  it.each(Object.entries(edits))('lead there and back: %s', (_, edit) => {
    const before = workload();
    const wanted: Shape = workload();
    edit(wanted);
    const touches = touchesBetween(before, wanted);
    expect(touches.length).toBeGreaterThan(0);
    expect(applied(before, patchTo(before, touches, 'after'))).toEqual(wanted);
    expect(applied(wanted, patchTo(wanted, touches, 'before'))).toEqual(before);
    expect(patchTo(before, touches, 'before')).toEqual([]);
    expect(patchTo(wanted, touches, 'after')).toEqual([]);
    expect(JSON.parse(JSON.stringify(touches))).toEqual(touches);
  });

  it('leave alone what others changed around them', () => {
    const before = workload();
    const wanted: Shape = workload();
    edits['members that are new, with what is around them']?.(wanted);
    edits['an item that is new']?.(wanted);
    const touches = touchesBetween(before, wanted);
    const later: Shape = structuredClone(wanted);
    (later.metadata.annotations as Record<string, string>)['mine'] = 'kept';
    later.spec.template.spec.containers.unshift({ name: 'first', image: 'first:1' });
    const reverted = applied(later, patchTo(later, touches, 'before')) as Shape;
    expect(reverted.metadata.annotations).toEqual({ mine: 'kept' });
    expect(reverted.spec.template.spec.containers.map(({ name }) => name)).toEqual(['first', 'web', 'helper']);
    expect(reverted.spec.template.spec.containers[1]).toEqual(before.spec.template.spec.containers[0]);
  });

  it('know what somebody else changed, and that half an injection is nobody’s change', () => {
    const before = workload();
    const touches = touchesBetween(before, { ...before, spec: { ...before.spec, replicas: 97 } });
    expect(foreignChanges({ ...before, spec: { ...before.spec, replicas: 12 } }, touches)).toEqual(['spec.replicas: 97 → 12']);
    expect(foreignChanges({ ...before, spec: { ...before.spec, replicas: 97 } }, touches)).toEqual([]);
    expect(foreignChanges(before, touches)).toEqual([]);
    expect(foreignChanges({ ...before, spec: {} }, touches)).toEqual(['spec.replicas: 97 → absent']);
  });

  it('are named as people read them, and never show what may be secret', () => {
    const wanted: Shape = workload();
    (wanted.spec.template.spec.containers[0] as { env: { value: string }[] }).env.forEach((each) => (each.value = 'redis://:hunter2@db'));
    const touches = touchesBetween(workload(), wanted);
    expect(touches.map(({ path }) => pathText(path))).toEqual(['A', 'B', 'C'].map((name) => `spec.template.spec.containers[web].env[${name}].value`));
    expect(touches.map(({ path, after }) => valueText(path, after))).toEqual(Array(3).fill('(not shown)'));
    expect(foreignChanges({}, touches).join()).not.toContain('hunter2');
    expect(pathText(['metadata', 'labels', 'a.b/c'])).toBe('metadata.labels["a.b/c"]');
  });

  it('are found by name, and nowhere else', () => {
    expect(valueAt(workload(), ['spec', 'template', 'spec', 'containers', { item: 'helper' }, 'image'])).toBe('helper:1');
    expect(valueAt(workload(), ['spec', 'template', 'spec', 'containers', { item: 'none' }, 'image'])).toBeUndefined();
    expect(valueAt(workload(), ['spec', 'replicas', 'deeper'])).toBeUndefined();
  });
});
