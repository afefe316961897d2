import { describe, expect, it } from 'vitest';
import { type DomainState, phaseOf } from './observe.ts';
import { progressOf } from './progress.ts';

const state = { name: 'podscope', phase: 'creating' } as DomainState;
const stage = (Name: string, Status: string, Description = '') => ({ Name, Status, Description });

describe('what a domain does', () => {
  it.each([
    [{ Created: true, Deleted: true, Processing: true, DomainProcessingStatus: 'Active' }, 'deleting'],
    [{ Created: true, Processing: true, DomainProcessingStatus: 'Creating' }, 'creating'],
    // It is created as soon as it is known, and has no endpoint for the first minutes.
    [{ Created: true, Processing: false }, 'creating'],
    [{ Created: true, Processing: false, Endpoints: { vpc: 'vpc-x' } }, 'active'],
    [{ Created: true, Processing: true, Endpoint: 'x' }, 'modifying'],
    [{ Created: true, UpgradeProcessing: true, Endpoint: 'x' }, 'upgrading'],
    [{ Created: true, Endpoint: 'x', DomainProcessingStatus: 'UpdatingServiceSoftware' }, 'updating'],
    [{ Created: true, Endpoint: 'x', DomainProcessingStatus: 'Isolated' }, 'isolated'],
    [{ Created: true, Endpoint: 'x', Processing: true, DomainProcessingStatus: 'Active' }, 'modifying'],
  ] as const)('%j is %s', (status, phase) => expect(phaseOf(status)).toBe(phase));
});

describe('how far a domain is', () => {
  it('is told by the stages of the service', () => {
    const progress = progressOf(state, { TotalNumberOfStages: 9, Status: 'PROCESSING', ChangeProgressStages: [stage('Validation', 'COMPLETED'), stage('Creating a new environment', 'COMPLETED'), stage('Provisioning new nodes', 'IN_PROGRESS'), stage('Copying shards', 'PENDING')] } as never);
    expect(progress).toMatchObject({ phase: 'creating', done: 2, total: 9, stage: 'Provisioning new nodes', failure: undefined, text: 'creating, 2 of 9 stages, now: Provisioning new nodes' });
  });

  it('is told without stages where there are none', () => {
    expect(progressOf(state, undefined)).toMatchObject({ done: 0, total: undefined, stage: undefined, text: 'creating' });
  });

  it('says what a change failed for', () => {
    const progress = progressOf({ ...state, phase: 'active' }, { Status: 'FAILED', ConfigChangeStatus: 'ValidationFailed', ChangeProgressStages: [stage('Validation', 'FAILED', 'Not enough addresses in subnet-1')] } as never);
    expect(progress.failure).toBe('Validation: Not enough addresses in subnet-1');
    expect(progress.text).toContain('failed');
  });
});
