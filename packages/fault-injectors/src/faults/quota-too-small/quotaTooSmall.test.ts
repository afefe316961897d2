import { describe, expect, it } from 'vitest';
import { quotaTooSmall } from './index.ts';

describe('quota-too-small', () => {
  const on = (params: { readonly namespace: string; readonly pods?: number }) => {
    const kubernetes = quotaTooSmall(params).on('kubernetes');
    if (kubernetes === undefined) throw new Error('It is for clusters.');
    return kubernetes;
  };

  it('allows as many pods as there are, or as it is told', () => {
    expect(on({ namespace: 'shop' }).plan({ pods: 7 }).changes).toMatchObject([{ kind: 'ResourceQuota', action: 'create', desired: { hard: { pods: '7' } } }]);
    expect(on({ namespace: 'shop', pods: 0 }).plan({ pods: 7 }).changes).toMatchObject([{ desired: { hard: { pods: '0' } } }]);
  });

  it('takes the namespace for itself', () => {
    expect(on({ namespace: 'shop' }).blastRadius({ pods: 7 })).toMatchObject({ count: 7, of: 7, objects: [{ kind: 'Namespace', name: 'shop' }] });
  });

  it.each([{ pods: -1 }, { pods: 5_001 }, { namespace: 'Shop' }])('refuses %j', (wrong) => {
    expect(() => quotaTooSmall.from({ namespace: 'shop', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
