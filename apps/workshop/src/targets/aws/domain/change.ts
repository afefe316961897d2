import { setTimeout as pause } from 'node:timers/promises';
import { DescribeDryRunProgressCommand, type DryRunProgressStatus, type DryRunResults, UpdateDomainConfigCommand, type UpdateDomainConfigCommandInput } from '@aws-sdk/client-opensearch';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import { type DomainState, domainTitle, requireDomain } from './observe.ts';
import { waitForDomain, type WaitOptions } from './progress.ts';
import { accessPolicy, clusterConfig, hasOwnDisks, volumes } from './request.ts';
import { abortedBy, type DomainAccess, type DomainCall, type DomainWish } from './wish.ts';

/** What of a domain is to be another. */
export interface DomainChangeWish {
  readonly size?: Omit<DomainWish['size'], 'engineVersion'> | undefined;
  /** All who may use it, not only new ones. */
  readonly access?: DomainAccess | undefined;
}

/** A change that is worked out, to be tried and made. */
export interface DomainChange {
  readonly domain: string;
  /** `3 nodes instead of 2`: a line for each thing. */
  readonly lines: readonly string[];
  readonly request: UpdateDomainConfigCommandInput;
}

/**
 * What has to be asked of the service to get a domain from what it is to what is wanted; undefined where it is that already.
 *
 * @throws PodscopeError AWS_DOMAIN_INVALID where a volume would become smaller, which the service refuses
 */
export function planDomainChange(state: DomainState, { size, access }: DomainChangeWish): DomainChange | undefined {
  const lines: string[] = [];
  const request: UpdateDomainConfigCommandInput = { DomainName: state.name };
  if (size !== undefined && (size.count !== state.count || size.type !== state.type)) {
    if (size.count !== state.count) lines.push(`${size.count} nodes instead of ${state.count}`);
    if (size.type !== state.type) lines.push(`${size.type} instead of ${state.type}`);
    // Its subnets stay: two of them take an even number of nodes only.
    request.ClusterConfig = clusterConfig({ ...size, engineVersion: state.engineVersion }, state.subnetIds.length);
    const uneven = state.subnetIds.length > 1 && request.ClusterConfig.ZoneAwarenessEnabled !== true;
    if (uneven) throw invalid(state, `${size.count} nodes cannot stand in its ${state.subnetIds.length} zones.`, 'Give an even number, or three and more where it has three zones.');
  }
  if (size !== undefined && hasOwnDisks(size.type) !== hasOwnDisks(state.type)) request.EBSOptions = volumes(size);
  else if (size !== undefined && size.diskGiB !== state.diskGiB && !hasOwnDisks(size.type)) {
    if (size.diskGiB < state.diskGiB) throw invalid(state, `its volumes of ${state.diskGiB} GiB cannot become ${size.diskGiB} GiB.`, 'Volumes only grow. Take less in a new domain.');
    lines.push(`${size.diskGiB} GiB a node instead of ${state.diskGiB}`);
    request.EBSOptions = volumes(size);
  }
  if (access !== undefined) {
    lines.push('who may send requests to it');
    request.AccessPolicies = accessPolicy(access, state.arn);
  }
  return lines.length === 0 ? undefined : { domain: state.name, lines, request };
}

const invalid = ({ name }: DomainState, message: string, hint: string): PodscopeError => new PodscopeError('AWS_DOMAIN_INVALID', `The domain ${name}: ${message}`, { hint });

/** How the service would make a change. `blue-green`: new nodes beside the old ones, for which it takes about as long as a new domain does. */
export type DomainDeployment = 'none' | 'in-place' | 'blue-green' | 'undetermined';

/** What a try came to. */
export interface DomainTry {
  readonly deployment: DomainDeployment;
  readonly message: string;
  /** Why it would be refused; empty where it would not. */
  readonly failures: readonly string[];
}

/**
 * Lets the service check a change without making it.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/dryrun.html
 *
 * @throws PodscopeError AWS_DOMAIN_STUCK when the check does not end, AWS_*
 */
export async function tryDomainChange({ opensearch, region }: Pick<AwsClients, 'opensearch' | 'region'>, { domain, request }: DomainChange, { signal, intervalMs = 5_000, timeoutMs = 10 * 60_000 }: DomainCall & { readonly intervalMs?: number | undefined; readonly timeoutMs?: number | undefined } = {}): Promise<DomainTry> {
  try {
    const begun = await opensearch.send(new UpdateDomainConfigCommand({ ...request, DryRun: true, DryRunMode: 'Verbose' }), abortedBy(signal));
    let { DryRunProgressStatus: status, DryRunResults: results } = begun;
    const deadline = Date.now() + timeoutMs;
    while (status !== undefined && !isEnded(status)) {
      if (Date.now() >= deadline) throw new PodscopeError('AWS_DOMAIN_STUCK', `${domainTitle(domain, region)}: the check of the change has not ended.`, { hint: 'Nothing was changed. Run the same command again.' });
      await pause(intervalMs, undefined, { signal });
      ({ DryRunProgressStatus: status, DryRunResults: results = results } = await opensearch.send(new DescribeDryRunProgressCommand({ DomainName: domain, DryRunId: status.DryRunId }), abortedBy(signal)));
    }
    return tried(status, results);
  } catch (error) {
    throw awsFailure(error, `The check of a change of ${domainTitle(domain, region)}`);
  }
}

const isEnded = ({ DryRunStatus = '' }: DryRunProgressStatus): boolean => /succe|complete|fail/iu.test(DryRunStatus);

/** `DeploymentType` is one of `Blue/Green`, `DynamicUpdate`, `Undetermined`, `None`. */
function tried(status: DryRunProgressStatus | undefined, results: DryRunResults | undefined): DomainTry {
  const type = results?.DeploymentType ?? '';
  const deployment: DomainDeployment = /blue/iu.test(type) ? 'blue-green' : /dynamic/iu.test(type) ? 'in-place' : /none/iu.test(type) ? 'none' : 'undetermined';
  const failures = (status?.ValidationFailures ?? []).map(({ Code = '', Message = '' }) => [Code, Message].filter((part) => part !== '').join(': '));
  if (failures.length === 0 && /fail/iu.test(status?.DryRunStatus ?? '')) failures.push(results?.Message ?? 'the service does not say why');
  return { deployment, message: results?.Message ?? '', failures };
}

/** Options of {@link changeDomain}. */
export interface ChangeOptions extends Omit<WaitOptions, 'until' | 'changeId'> {
  /** Asked with what the try came to, before anything is changed. @default yes */
  readonly confirm?: ((tried: DomainTry, change: DomainChange) => Promise<boolean>) | undefined;
}

/**
 * Tries a change, makes it, and waits until it is done.
 *
 * @returns the state after it; undefined where it was not confirmed
 * @throws PodscopeError AWS_DOMAIN_CHANGE_REFUSED (the try failed: nothing was changed), and as `waitForDomain`
 */
export async function changeDomain(clients: Pick<AwsClients, 'opensearch' | 'region'>, change: DomainChange, options: ChangeOptions = {}): Promise<DomainState | undefined> {
  const { signal, confirm, intervalMs } = options;
  const title = domainTitle(change.domain, clients.region);
  const { phase } = await requireDomain(clients, change.domain, { signal });
  if (phase !== 'active') throw new PodscopeError('AWS_DOMAIN_CHANGE_REFUSED', `${title} is ${phase}: the service takes one change at a time.`, { hint: 'Wait until it is active, and run the same command again.' });
  const outcome = await tryDomainChange(clients, change, { signal, intervalMs });
  if (outcome.failures.length > 0) throw new PodscopeError('AWS_DOMAIN_CHANGE_REFUSED', `${title}: the service would refuse the change (${change.lines.join(', ')}).`, { hint: 'Nothing was changed. Its reasons are below.', details: outcome.failures });
  if ((await confirm?.(outcome, change)) === false) return undefined;
  let changeId: string | undefined;
  try {
    const { DomainConfig } = await clients.opensearch.send(new UpdateDomainConfigCommand(change.request), abortedBy(signal));
    changeId = DomainConfig?.ChangeProgressDetails?.ChangeId;
  } catch (error) {
    throw awsFailure(error, title);
  }
  return waitForDomain(clients, change.domain, { ...options, changeId, until: 'active' });
}
