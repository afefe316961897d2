import { setTimeout as pause } from 'node:timers/promises';
import { GetCompatibleVersionsCommand, GetUpgradeHistoryCommand, GetUpgradeStatusCommand, UpgradeDomainCommand } from '@aws-sdk/client-opensearch';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import { type DomainState, domainTitle, requireDomain } from './observe.ts';
import { waitForDomain, type WaitOptions } from './progress.ts';
import { abortedBy, type DomainCall } from './wish.ts';

type Clients = Pick<AwsClients, 'opensearch' | 'region'>;

/** The versions to which a domain can go in one step. @throws PodscopeError AWS_* */
export async function upgradeTargets({ opensearch, region }: Clients, { name, engineVersion }: Pick<DomainState, 'name' | 'engineVersion'>, { signal }: DomainCall = {}): Promise<readonly string[]> {
  try {
    const { CompatibleVersions = [] } = await opensearch.send(new GetCompatibleVersionsCommand({ DomainName: name }), abortedBy(signal));
    return CompatibleVersions.find(({ SourceVersion }) => SourceVersion === engineVersion)?.TargetVersions ?? [];
  } catch (error) {
    throw awsFailure(error, `The versions of ${domainTitle(name, region)}`);
  }
}

/** Options of {@link upgradeDomain}. */
export interface UpgradeOptions extends Omit<WaitOptions, 'until' | 'changeId' | 'onProgress'> {
  /** Told of each look: `check: IN_PROGRESS`. */
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Ends after the service's own check; nothing is changed. @default false */
  readonly checkOnly?: boolean | undefined;
}

/**
 * Lets the service check an upgrade, upgrades, and waits until it is done. There is no way back: a snapshot is all that an older version
 * could be made of.
 *
 * @param target Such as `OpenSearch_2.19`.
 * @throws PodscopeError AWS_DOMAIN_CHANGE_REFUSED (no such step, or the check failed: nothing was changed), AWS_DOMAIN_FAILED, and as `waitForDomain`
 */
export async function upgradeDomain(clients: Clients, name: string, target: string, options: UpgradeOptions = {}): Promise<DomainState> {
  const { signal, checkOnly = false, onProgress } = options;
  const title = domainTitle(name, clients.region);
  const state = await requireDomain(clients, name, { signal });
  if (state.engineVersion === target) return state;
  const targets = await upgradeTargets(clients, state, { signal });
  if (!targets.includes(target)) throw new PodscopeError('AWS_DOMAIN_CHANGE_REFUSED', `${title} cannot go from ${state.engineVersion} to ${target}.`, { hint: targets.length === 0 ? 'There is no newer version for it.' : `In one step it can go to ${targets.join(', ')}.` });
  await step(clients, name, { TargetVersion: target, PerformCheckOnly: true }, options);
  if (checkOnly) return state;
  await step(clients, name, { TargetVersion: target, PerformCheckOnly: false }, options);
  return waitForDomain(clients, name, { ...options, onProgress: ({ text }) => onProgress?.(text), until: 'active' });
}

/** Asks for a check or an upgrade, and waits until the service says how it ended. */
async function step(clients: Clients, name: string, request: { readonly TargetVersion: string; readonly PerformCheckOnly: boolean }, { signal, onProgress, intervalMs = 15_000, timeoutMs = 3 * 60 * 60_000 }: UpgradeOptions): Promise<void> {
  const { opensearch, region } = clients;
  const title = `The ${request.PerformCheckOnly ? 'check of the upgrade' : 'upgrade'} of ${domainTitle(name, region)} to ${request.TargetVersion}`;
  const deadline = Date.now() + timeoutMs;
  try {
    await opensearch.send(new UpgradeDomainCommand({ DomainName: name, ...request }), abortedBy(signal));
    for (;;) {
      const { UpgradeStep = '', StepStatus = '' } = await opensearch.send(new GetUpgradeStatusCommand({ DomainName: name }), abortedBy(signal));
      onProgress?.(`${UpgradeStep.toLowerCase().replaceAll('_', ' ')}: ${StepStatus.toLowerCase().replaceAll('_', ' ')}`);
      if (StepStatus === 'FAILED') {
        throw new PodscopeError(request.PerformCheckOnly ? 'AWS_DOMAIN_CHANGE_REFUSED' : 'AWS_DOMAIN_FAILED', `${title} failed at ${UpgradeStep}.`, {
          hint: request.PerformCheckOnly ? 'Nothing was changed. Its reasons are below.' : 'The service has put the domain back to its old version. Its reasons are below.',
          details: await issues(clients, name, signal),
        });
      }
      // The status may still be the one of an upgrade before this: the version is what counts.
      if (StepStatus.startsWith('SUCCEEDED') && (request.PerformCheckOnly || (await requireDomain(clients, name, { signal })).engineVersion === request.TargetVersion)) return;
      if (Date.now() >= deadline) throw new PodscopeError('AWS_DOMAIN_STUCK', `${title} has not ended: ${UpgradeStep} ${StepStatus}.`, { hint: 'It goes on by itself. See: podscope status --target aws.' });
      await pause(intervalMs, undefined, { signal });
    }
  } catch (error) {
    throw awsFailure(error, title);
  }
}

/** What the service found, of the last upgrade. */
async function issues({ opensearch }: Clients, name: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const { UpgradeHistories = [] } = await opensearch.send(new GetUpgradeHistoryCommand({ DomainName: name, MaxResults: 1 }), abortedBy(signal));
  return (UpgradeHistories[0]?.StepsList ?? []).flatMap(({ Issues = [] }) => Issues);
}
