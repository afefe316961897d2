import { Client } from '@opensearch-project/opensearch';
import { describe, expect, it } from 'vitest';
import { observeIsmPolicies } from './ism-requests.ts';
import { planIsmMoves } from './ism-revisions.ts';

describe('planIsmMoves', () => {
  const policy = { seqNo: 5, primaryTerm: 2, policy: { states: [{ name: 'hot' }] } };
  const managed = { index: 'i', policyId: 'p', revision: { seqNo: 4, primaryTerm: 2 }, state: 'hot', transitionTo: undefined, enabled: true };
  it.each([
    ['the same revision', managed.revision, { revision: { seqNo: 5, primaryTerm: 2 } }, 'nothing'],
    ['another primary term', managed.revision, { revision: { seqNo: 5, primaryTerm: 1 } }, 'moves'],
    ['an index that nobody manages', managed.revision, { policyId: null }, 'nothing'],
    ['a policy that is gone', managed.revision, { policyId: 'q' }, 'its policy has been deleted; it goes on with its copy'],
    ['an index on its way', managed.revision, { transitionTo: 'gone' }, 'is on its way to gone; its policy can be changed afterwards'],
    ['a state that is gone', managed.revision, { state: 'warm' }, 'is in the state warm, which the new revision does not have; name the state to go to'],
    ['an index not looked at', managed.revision, { revision: undefined }, 'the plugin has not looked at it yet; it takes the newest revision then'],
  ])('%s', (_what, _revision, change, expected) => {
    const { moves, left } = planIsmMoves({ p: policy }, [{ ...managed, ...change }]);
    expect(moves.length > 0 ? 'moves' : (left[0]?.why ?? 'nothing')).toBe(expected);
  });
});

describe('observeIsmPolicies', () => {
  it('takes a server that is not there for an error, not for one without the plugin', async () => {
    const nobody = new Client({ node: 'http://127.0.0.1:9', maxRetries: 0 });
    await expect(observeIsmPolicies(nobody)).rejects.toMatchObject({ code: 'ISM_REQUEST_FAILED' });
    await nobody.close();
  });
});
