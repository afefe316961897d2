import { describe, expect, it } from 'vitest';
import { judgeCordoned, type Node } from '../../kubernetes/objects/nodes.ts';
import { nodeCordon } from './index.ts';

const node = (spec: Node['spec']): Node => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, spec });
const taints = [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }];

describe('node-cordon', () => {
  it('is there when the node is unschedulable and has its taint', () => {
    expect(judgeCordoned(node({ unschedulable: true, taints }))).toMatchObject({ symptom: 'present' });
    expect(judgeCordoned(node({ unschedulable: true }))).toMatchObject({ symptom: 'partial' });
  });

  it('is not there when somebody uncordoned it, or took it away', () => {
    expect(judgeCordoned(node({ taints }))).toMatchObject({ symptom: 'absent', wait: false });
    expect(judgeCordoned(undefined)).toMatchObject({ symptom: 'absent', wait: false });
  });

  it('wants a node', () => {
    expect(() => nodeCordon.from({})).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
