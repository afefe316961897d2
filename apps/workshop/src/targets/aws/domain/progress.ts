import { setTimeout as pause } from 'node:timers/promises';
import { type ChangeProgressStatusDetails, DescribeDomainChangeProgressCommand } from '@aws-sdk/client-opensearch';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isGone, isRefusedForNow } from '../failure.ts';
import { type DomainPhase, type DomainState, domainTitle, observeDomain } from './observe.ts';
import { abortedBy, type DomainCall } from './wish.ts';

/** One stage of a change, as the service names it. */
export interface DomainStage {
  readonly name: string;
  /** Such as `COMPLETED`, `IN_PROGRESS`, `PENDING`. */
  readonly status: string;
  readonly description: string;
}

/** How far a domain is. */
export interface DomainProgress {
  readonly phase: DomainPhase | 'gone';
  /** Undefined when it is gone. */
  readonly state: DomainState | undefined;
  readonly stages: readonly DomainStage[];
  /** Stages that are done, of how many; undefined where the service tells of none. */
  readonly done: number;
  readonly total: number | undefined;
  /** The stage that goes on. */
  readonly stage: string | undefined;
  /** What the change failed for. */
  readonly failure: string | undefined;
  /** All of it in a line: `creating, 3 of 9 stages, now: Provisioning instances`. */
  readonly text: string;
}

/** Options of {@link domainProgress}. */
export interface ProgressOptions extends DomainCall {
  /** @default 15 seconds */
  readonly intervalMs?: number | undefined;
  /** The change that is meant. @default the last one */
  readonly changeId?: string | undefined;
}

/**
 * Looks at a domain again and again, for as long as it is iterated over; ends by itself when the domain is gone. A look that the service
 * refuses for the moment, or that does not reach it, is left out, ten in a row at most.
 *
 * @throws PodscopeError AWS_*
 */
export async function* domainProgress(clients: Pick<AwsClients, 'opensearch' | 'region'>, name: string, { signal, intervalMs = 15_000, changeId }: ProgressOptions = {}): AsyncGenerator<DomainProgress, void> {
  for (let refused = 0; ; ) {
    try {
      const progress = await look(clients, name, changeId, signal);
      refused = 0;
      yield progress;
      if (progress.phase === 'gone') return;
    } catch (error) {
      refused += 1;
      // What is waited for takes half an hour: a network that is away for a minute must not end it.
      if (refused > PATIENCE || !FOR_NOW.some((code) => isPodscopeError(error, code))) throw awsFailure(error, domainTitle(name, clients.region));
    }
    await pause(intervalMs, undefined, { signal }).catch((error: unknown) => {
      throw awsFailure(error, domainTitle(name, clients.region));
    });
  }
}

/** Looks in a row that may come to nothing. */
const PATIENCE = 10;
/** What passes by itself. */
const FOR_NOW = ['AWS_THROTTLED', 'AWS_UNREACHABLE', 'AWS_IN_USE'] as const;

async function look(clients: Pick<AwsClients, 'opensearch' | 'region'>, name: string, changeId: string | undefined, signal: AbortSignal | undefined): Promise<DomainProgress> {
  const state = await observeDomain(clients, name, { signal });
  if (state === undefined) return { phase: 'gone', state, stages: [], done: 0, total: undefined, stage: undefined, failure: undefined, text: 'gone' };
  const asked = changeId ?? (state.phase === 'active' ? undefined : state.changeId);
  const details = state.phase === 'deleting' || (state.phase === 'active' && asked === undefined) ? undefined : await changeDetails(clients, name, asked, signal);
  return progressOf(state, details);
}

/** The stages of a change; undefined where there are none, or nobody may ask for them. */
async function changeDetails({ opensearch }: Pick<AwsClients, 'opensearch'>, name: string, changeId: string | undefined, signal: AbortSignal | undefined): Promise<ChangeProgressStatusDetails | undefined> {
  try {
    const { ChangeProgressStatus } = await opensearch.send(new DescribeDomainChangeProgressCommand({ DomainName: name, ...(changeId === undefined ? {} : { ChangeId: changeId }) }), abortedBy(signal));
    return ChangeProgressStatus;
  } catch (error) {
    if (isGone(error) || isRefusedForNow(error)) return undefined;
    throw error;
  }
}

/** What a state and the stages of a change come to. */
export function progressOf(state: DomainState, details: ChangeProgressStatusDetails | undefined): DomainProgress {
  const stages = (details?.ChangeProgressStages ?? []).map(({ Name = '', Status = '', Description = '' }) => ({ name: Name, status: Status, description: Description }));
  const isDone = ({ status }: DomainStage): boolean => /^(?:completed|succeeded)$/iu.test(status);
  const done = stages.filter(isDone).length;
  const total = details?.TotalNumberOfStages ?? (stages.length === 0 ? undefined : stages.length);
  const running = stages.find((each) => !isDone(each) && !/^pending$/iu.test(each.status)) ?? (state.phase === 'active' ? undefined : stages.find((each) => !isDone(each)));
  const failed = details?.Status === 'FAILED' || details?.ConfigChangeStatus === 'ValidationFailed' || details?.ConfigChangeStatus === 'Cancelled';
  const failedStage = stages.find(({ status }) => /fail/iu.test(status));
  const failure = failed ? [failedStage?.name ?? details?.ConfigChangeStatus ?? 'failed', failedStage?.description ?? ''].filter((part) => part !== '').join(': ') : undefined;
  const stage = running?.name;
  const text = [state.phase, ...(total === undefined ? [] : [`${done} of ${total} stages`]), ...(stage === undefined || stage === '' ? [] : [`now: ${stage}`]), ...(failure === undefined ? [] : [`failed: ${failure}`])].join(', ');
  return { phase: state.phase, state, stages, done, total, stage, failure, text };
}

/** Options of {@link waitForDomain}. */
export interface WaitOptions extends ProgressOptions {
  /** `active`: it can be used, and nothing goes on. `gone`: it has been deleted. */
  readonly until: 'active' | 'gone';
  /** Told of each look. */
  readonly onProgress?: ((progress: DomainProgress) => void) | undefined;
  /** @default 90 minutes: a large domain with encryption may take an hour */
  readonly timeoutMs?: number | undefined;
}

/**
 * Waits for a domain.
 *
 * @returns its state, undefined when it is gone
 * @throws PodscopeError AWS_DOMAIN_FAILED (the change failed, or the service suspended it), AWS_DOMAIN_STUCK (not done in time),
 *   AWS_DOMAIN_NOT_FOUND (somebody deleted it), INTERRUPTED, AWS_*
 */
export async function waitForDomain(clients: Pick<AwsClients, 'opensearch' | 'region'>, name: string, options: WaitOptions & { readonly until: 'active' }): Promise<DomainState>;
export async function waitForDomain(clients: Pick<AwsClients, 'opensearch' | 'region'>, name: string, options: WaitOptions): Promise<DomainState | undefined>;
export async function waitForDomain(clients: Pick<AwsClients, 'opensearch' | 'region'>, name: string, options: WaitOptions): Promise<DomainState | undefined> {
  const { until, onProgress, timeoutMs = 90 * 60_000 } = options;
  const title = domainTitle(name, clients.region);
  const deadline = Date.now() + timeoutMs;
  for await (const progress of domainProgress(clients, name, options)) {
    onProgress?.(progress);
    if (progress.phase === 'gone') break;
    if (until === 'active') {
      if (progress.phase === 'deleting') throw new PodscopeError('AWS_DOMAIN_FAILED', `${title} is being deleted.`, { hint: 'Somebody, or its expiry, deletes it. See: podscope status --target aws.' });
      if (progress.phase === 'isolated') throw new PodscopeError('AWS_DOMAIN_FAILED', `${title} was suspended by the service.`, { hint: 'The account’s health dashboard says why. Take it down: podscope down --target aws.' });
      if (progress.failure !== undefined) throw new PodscopeError('AWS_DOMAIN_FAILED', `${title}: the change failed: ${progress.failure}.`, { hint: 'Change what is refused and run the same command again, or take it down: podscope down --target aws.' });
      if (progress.phase === 'active') return progress.state;
    }
    if (Date.now() >= deadline) throw stuck(title, progress, until);
  }
  if (until === 'gone') return undefined;
  throw new PodscopeError('AWS_DOMAIN_NOT_FOUND', `${title} is not there any more.`, { hint: 'Somebody, or its expiry, has deleted it.' });
}

function stuck(title: string, { text, stages }: DomainProgress, until: 'active' | 'gone'): PodscopeError<'AWS_DOMAIN_STUCK'> {
  return new PodscopeError('AWS_DOMAIN_STUCK', `${title} is not ${until} yet: ${text}.`, {
    hint: `It goes on by itself and costs meanwhile. Run the same command again to wait on${until === 'gone' ? '' : ', or take it down: podscope down --target aws'}.`,
    details: stages.map(({ name, status }) => `${status} ${name}`),
  });
}
