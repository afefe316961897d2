import { isPodscopeError, PodscopeError } from '@podscope/core';
import { addonVersions } from './cluster/addons.ts';
import type { EksCluster } from './cluster/observe.ts';
import { tagNodes } from './cluster/tagNodes.ts';
import { waitForEksCluster, waitForNodegroup } from './cluster/wait.ts';
import { existingClusterChecks, observeExistingCluster, unknownIssuer } from './cluster/existing.ts';
import { createDomain } from './domain/create.ts';
import { type DomainState, requireDomain } from './domain/observe.ts';
import { waitForDomain } from './domain/progress.ts';
import { settleDomain } from './domain/settle.ts';
import type { DomainAccess } from './domain/wish.ts';
import { type Ledger, openLedger } from './ledger/ledger.ts';
import type { EventRecord } from './ledger/record.ts';
import { awsNames, type StackId } from './names.ts';
import { isFit } from '../kubernetes/preflight/checks.ts';
import { type AwsCheck, type Costs, type InClusterResult, PAUSES } from './parts.ts';
import type { AwsPlace } from './request.ts';
import type { AwsSettings } from './settings.ts';
import { type DeployedStack, deployStack } from './stacks/deploy.ts';
import { requireArmed, stopExpiryRuns } from './steps/armed.ts';
import { beginUp } from './steps/begin.ts';
import { requireCreator } from './steps/creator.ts';
import { networkOf, requireCluster } from './steps/existing.ts';
import { type AwsUpStep, type StepPoint, stepRunner, type StepTeller, together } from './steps/steps.ts';
import { removeLeftovers } from './sweep/network.ts';
import { roleLeftovers } from './sweep/roles.ts';
import { clusterTemplate } from './templates/cluster/clusterTemplate.ts';
import { expiryTemplate } from './templates/expiry/expiryTemplate.ts';
import { LAST_ROLE, templateNames } from './templates/names.ts';
import { networkTemplate } from './templates/network/networkTemplate.ts';
import { clusterOutputs, expiryOutputs, type NetworkOutputs, networkOutputs } from './templates/outputs.ts';
import { eventTags } from './templates/tags.ts';
import { type Template, templateText } from './templates/template.ts';
import { chooseZones } from './zones.ts';

/** What is shown before anything is made. */
export interface UpProspect {
  readonly account: string;
  readonly principal: string;
  readonly settings: AwsSettings;
  readonly expires: Date;
  readonly costs: Costs | undefined;
  readonly checks: readonly AwsCheck[];
  /** Whether an earlier `up` has begun it. */
  readonly isBegun: boolean;
}

/** What `up` is told. */
export interface AwsUpRequest extends AwsPlace, StepTeller<AwsUpStep> {
  readonly settings: AwsSettings;
  /** Shows what it will be and what it costs, and asks; false ends it with nothing made. */
  readonly confirm: (prospect: UpProspect) => Promise<boolean>;
  /** For tests that stop it in between. */
  readonly at?: (point: StepPoint<AwsUpStep>) => Promise<void>;
}

/** What `up` came to. */
export interface AwsUpResult extends UpProspect {
  readonly stacks: Readonly<Partial<Record<StackId, DeployedStack['outcome']>>>;
  readonly cluster: EksCluster;
  readonly domain: DomainState;
  readonly inCluster: InClusterResult;
}

/**
 * Makes an event, or goes on making it: the ledger before each create, the expiry before the first thing that costs, cluster and domain
 * at the same time. May be broken off anywhere and run again.
 *
 * @returns undefined where it was not confirmed
 * @throws PodscopeError AWS_PREFLIGHT_FAILED, AWS_STACK_FAILED, AWS_…; the signal's reason
 */
export async function upAws(request: AwsUpRequest): Promise<AwsUpResult | undefined> {
  const { clients, runDir, parts, signal, pauses = PAUSES } = request;
  const steps = stepRunner<AwsUpStep>(request, request.at);
  const beginning = await steps.run('identity', () => beginUp(request, request.settings));
  const { caller, settings, began, expires, before } = beginning;
  requireCreator(before, caller, settings);
  const names = awsNames(settings);
  const costs = knownCosts(request, settings);
  const { checks, zones, apiCidrs } = await steps.run('preflight', async (tell) => {
    const checks = [...(await parts.preflight(clients, settings, signal)), ...(await existingChecks(request, settings))];
    requireFit(checks);
    tell('zones');
    const isOwn = settings.existingCluster === undefined;
    return {
      checks,
      zones: !isOwn ? [] : before !== undefined && before.zones.length > 0 ? before.zones : await chooseZones(clients, settings, signal),
      apiCidrs: settings.apiCidrs ?? (isOwn ? [await parts.ownCidr(signal)] : []),
    };
  });
  const prospect: UpProspect = { account: caller.account, principal: caller.principal, settings, expires, costs, checks, isBegun: before !== undefined };
  if (!(await request.confirm(prospect))) return undefined;
  signal.throwIfAborted();

  const tags = eventTags(settings, expires);
  const record: EventRecord = { version: 1, account: caller.account, creator: caller.principal, began: began.toISOString(), expires: expires.toISOString(), hourlyUsd: costs?.hour ?? null, zones: [...zones], settings };
  const ledger = await steps.run('ledger', () => openLedger({ runDir, clients, names, signal }, record, beginning.found.isInAccount ? beginning.found : { entries: [], isInAccount: false }, tags));
  const stack = async (id: StackId, template: Template, tell: (message: string) => void, ended: AbortSignal): Promise<DeployedStack> => {
    if (id !== 'expiry') await requireArmed(clients, names, ended);
    return makeStack(request, ledger, { id, template, tags }, tell, ended);
  };

  const expiry = await steps.run('expiry', async (tell) => {
    const deployed = await stack('expiry', expiryTemplate(settings, expires), tell, signal);
    if (deployed.outcome !== 'created') await stopExpiryRuns(clients, expiryOutputs(names.stack('expiry'), deployed.outputs).stateMachineArn, signal);
    return deployed;
  });
  const existing = settings.existingCluster === undefined ? undefined : await requireCluster(clients, settings.existingCluster, signal);
  const network = await steps.run('network', async (tell) => {
    const facts = existing === undefined ? { zones, creator: caller.principal } : { creator: caller.principal, existing: await networkOf(clients, existing, signal) };
    const deployed = await stack('network', networkTemplate(settings, expires, facts), tell, signal);
    return { ...deployed, facts: networkOutputs(names.stack('network'), deployed.outputs) };
  });
  const access: DomainAccess = { master: caller.principal, shippers: [network.facts.shipperRoleArn], presenters: [network.facts.presenterRoleArn, ...settings.presenters] };

  const [cluster, domain] = await together(
    signal,
    (ended) =>
      steps.run('cluster', async (tell) => {
        const issuer = existing === undefined ? undefined : unknownIssuer(await observeExistingCluster(clients, existing.name, ended));
        const facts = { creator: caller.principal, apiCidrs, shipperAccounts: parts.inCluster.shipperAccounts, ...(issuer === undefined ? {} : { unknownIssuer: issuer }), ...(existing === undefined ? { addonVersions: await addonVersions(clients, settings.kubernetesVersion, undefined, ended) } : {}) };
        const template = clusterTemplate(settings, expires, network.facts, facts);
        // An existing cluster may lack nothing that a stack would have.
        if (existing !== undefined && Object.keys(template.Resources).length === 0) return { outcome: 'unchanged' as const, cluster: existing };
        const deployed = await stack('cluster', template, tell, ended);
        if (existing !== undefined) return { outcome: deployed.outcome, cluster: existing };
        const { clusterName, nodeGroupName } = clusterOutputs(names.stack('cluster'), deployed.outputs);
        const wait = { signal: ended, onProgress: tell, pauseMs: pauses.lookMs, timeoutMs: pauses.timeoutMs };
        await waitForNodegroup(clients, clusterName, nodeGroupName, wait);
        await tagNodes(clients, settings.event, tags, ended);
        return { outcome: deployed.outcome, cluster: await waitForEksCluster(clients, clusterName, wait) };
      }),
    (ended) => steps.run('domain', (tell) => makeDomain(request, ledger, { settings, network: network.facts, access, tags }, tell, ended)),
  );

  const place = { clients, settings, names, runDir, cluster: cluster.cluster, domain, access, signal };
  await steps.run('access', (tell) => parts.inCluster.grant(place, tell));
  const inCluster = await steps.run('deploy', (tell) => parts.inCluster.deploy(place, tell));
  await requireArmed(clients, names, signal);
  return { ...prospect, stacks: { expiry: expiry.outcome, network: network.outcome, cluster: cluster.outcome }, cluster: cluster.cluster, domain, inCluster };
}

/** A type that the price table lacks is no reason not to make it: then it is said that its costs aren't known. */
function knownCosts({ parts }: AwsUpRequest, settings: AwsSettings): Costs | undefined {
  try {
    return parts.estimate(settings);
  } catch (error) {
    if (isPodscopeError(error) && error.code === 'AWS_NO_PRICE') return undefined;
    throw error;
  }
}

/** A cluster that is used must fit; one that is named like the event's must be the event's. */
async function existingChecks({ clients, parts, signal }: AwsUpRequest, settings: AwsSettings): Promise<readonly AwsCheck[]> {
  const { existingCluster, existingDomain } = settings;
  if (existingCluster === undefined) return [];
  const vpcId = existingDomain === undefined ? undefined : (await requireDomain(clients, existingDomain, { signal })).vpcId;
  const found = await observeExistingCluster(clients, existingCluster, signal);
  const checks = existingClusterChecks(existingCluster, clients.region, found, vpcId);
  return found.cluster === undefined || !isFit(checks) ? checks : [...checks, ...(await parts.inCluster.lookAhead({ clients, settings, cluster: found.cluster }))];
}

function requireFit(checks: readonly AwsCheck[]): void {
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  const [first] = failed;
  if (first === undefined) return;
  throw new PodscopeError('AWS_PREFLIGHT_FAILED', `${first.title}: ${first.found}${failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''}. Nothing was made.`, {
    hint: first.todo ?? 'See what each check found.',
    details: failed.flatMap(({ title, found, todo, details = [] }) => [`${title}: ${found}`, ...details, ...(todo === undefined ? [] : [`→ ${todo}`])]),
  });
}

async function makeStack(request: AwsUpRequest, ledger: Ledger, { id, template, tags }: { readonly id: StackId; readonly template: Template; readonly tags: Readonly<Record<string, string>> }, tell: (message: string) => void, signal: AbortSignal): Promise<DeployedStack> {
  const { pauses = PAUSES, clients } = request;
  const { event } = ledger.record.settings;
  const name = awsNames({ event }).stack(id);
  await ledger.wants('stack', name);
  const beforeCreate = async (): Promise<void> => (id === 'expiry' ? removeLastRole(request, ledger.record.settings) : undefined);
  const deployed = await deployStack(clients, { name, event, body: templateText(template), tags }, { signal, onProgress: tell, pauseMs: pauses.stackMs, timeoutMs: pauses.timeoutMs, beforeCreate });
  await ledger.has('stack', name);
  return deployed;
}

/** The role that an expiry's stack leaves behind has the name that the new stack's will have. */
async function removeLastRole({ clients, signal }: AwsUpRequest, settings: AwsSettings): Promise<void> {
  const names = awsNames(settings);
  await removeLeftovers(await roleLeftovers({ clients, names, signal }, [templateNames(settings).role(LAST_ROLE)]), clients.region);
}

interface DomainParts {
  readonly settings: AwsSettings;
  readonly network: NetworkOutputs;
  readonly access: DomainAccess;
  readonly tags: Readonly<Record<string, string>>;
}

async function makeDomain(request: AwsUpRequest, ledger: Ledger, { settings, network, access, tags }: DomainParts, tell: (message: string) => void, signal: AbortSignal): Promise<DomainState> {
  const { clients, pauses = PAUSES } = request;
  if (settings.existingDomain !== undefined) return requireDomain(clients, settings.existingDomain, { signal });
  const names = awsNames(settings);
  await requireArmed(clients, names, signal);
  const wish = { names, region: clients.region, size: settings.domain, place: { subnetIds: network.privateSubnetIds, securityGroupIds: network.domainSecurityGroupId === undefined ? [] : [network.domainSecurityGroupId] }, access, tags };
  await createDomain(clients, wish, { signal, beforeCreate: ({ kind, name }) => ledger.wants(kind, name), onWaiting: tell, intervalMs: Math.min(10_000, pauses.lookMs) });
  for (const { kind, name, state } of ledger.entries) if (kind.startsWith('log') && state === 'wanted') await ledger.has(kind, name);
  const domain = await waitForDomain(clients, names.domain, { signal, until: 'active', intervalMs: pauses.lookMs, timeoutMs: pauses.timeoutMs, onProgress: ({ text }) => tell(text) });
  await ledger.has('domain', names.domain);
  return settleDomain(clients, domain, wish, { signal, intervalMs: pauses.lookMs, timeoutMs: pauses.timeoutMs, onProgress: tell });
}
