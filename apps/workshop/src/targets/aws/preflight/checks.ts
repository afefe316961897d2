import type { AwsCheck } from '../parts.ts';
import type { AwsSettings } from '../settings.ts';
import type { Asked } from './ask.ts';
import type { AccountState } from './observe.ts';
import { isStandard } from './quotas.ts';

/** What an account says, as checks with what to do. Pure. */
export function accountChecks(settings: AwsSettings, state: AccountState): readonly AwsCheck[] {
  return [
    identityCheck(state),
    regionCheck(settings, state),
    namesCheck(settings, state),
    ...(state.zones === undefined ? [] : [zonesCheck(settings, state.zones)]),
    ...quotaChecks(settings, state),
    ...(state.kubernetes === undefined ? [] : [kubernetesCheck(settings, state.kubernetes)]),
    ...(state.engines === undefined ? [] : [engineCheck(settings, state.engines)]),
    ...(state.domainType === undefined ? [] : [domainTypeCheck(settings, state.domainType)]),
    ...(state.serviceRole === undefined ? [] : [serviceRoleCheck(state.serviceRole)]),
    ...(state.existingDomain === undefined ? [] : [existingDomainCheck(settings, state.existingDomain)]),
  ];
}

type Base = Pick<AwsCheck, 'id' | 'title'>;

/** Of something that may not be asked: it isn't known to be wrong. */
const unasked = (base: Base, { action }: { readonly action?: string | undefined }, right: string): AwsCheck => ({ ...base, verdict: 'warning', found: 'this identity may not ask for it', todo: `Give it ${action ?? right}, or see for yourself.` });

function identityCheck({ caller: { account, principal } }: AccountState): AwsCheck {
  const base = { id: 'identity', title: 'Who makes it' };
  if (principal.endsWith(':root')) return { ...base, verdict: 'failed', found: `the root user of ${account}, who can’t be the master of a domain or have an access entry of a cluster`, todo: 'Sign in as a role or user of IAM.' };
  return { ...base, verdict: 'ok', found: `${principal}, in the account ${account}` };
}

function regionCheck({ region }: AwsSettings, { region: state }: AccountState): AwsCheck {
  const base = { id: 'region', title: `The region ${region}` };
  if (state.is === 'denied') return unasked(base, state, 'ec2:DescribeRegions');
  if (state.value === 'not-opted-in') return { ...base, verdict: 'failed', found: 'it is not enabled in this account', todo: 'Enable it (account settings, AWS Regions), which takes minutes; or give another --region.' };
  return { ...base, verdict: 'ok', found: 'it is enabled' };
}

function namesCheck({ event }: AwsSettings, { names }: AccountState): AwsCheck {
  const base = { id: 'names', title: 'Its names' };
  const taken = names.filter(({ is }) => is === 'taken');
  if (taken.length > 0) return { ...base, verdict: 'failed', found: `${taken.map(({ kind, name }) => `the ${kind} ${name}`).join(', ')} ${taken.length === 1 ? 'is' : 'are'} there, without the tag of this event`, todo: 'Give another --event. Nothing of another’s is touched.' };
  const ours = names.filter(({ is }) => is === 'ours').length;
  return { ...base, verdict: 'ok', found: ours === 0 ? `none of the event ${event} is taken` : `${ours} of ${names.length} are there, of this event: it goes on with them` };
}

function zonesCheck({ nodes: { type } }: AwsSettings, zones: NonNullable<AccountState['zones']>): AwsCheck {
  const base = { id: 'zones', title: 'Zones' };
  if (!(zones instanceof Error)) return { ...base, verdict: 'ok', found: `${zones.join(', ')} have ${type}` };
  return { ...base, verdict: 'failed', found: zones.message.replace(/\.$/u, ''), ...(zones.hint === undefined ? {} : { todo: zones.hint }), details: zones.details };
}

function quotaChecks({ region, nodes: { type }, existingCluster }: AwsSettings, { quotas }: AccountState): readonly AwsCheck[] {
  const checks = quotas.map((asked): AwsCheck => {
    if (asked.is === 'denied') return unasked({ id: `quota-${asked.title}`, title: `Quota: ${asked.title}` }, asked, 'servicequotas:GetServiceQuota and what counts it');
    const { id, title, service, code, limit, used, needed } = asked.value;
    const base = { id: `quota-${id}`, title: `Quota: ${title}` };
    const found = `${used} of ${limit} used, ${needed} needed`;
    if (used + needed <= limit) return { ...base, verdict: 'ok', found };
    return { ...base, verdict: 'failed', found, todo: `Ask for more: aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${used + needed}. Or ${SMALLER[id]}.` };
  });
  return existingCluster === undefined && !isStandard(type) ? [...checks, { id: 'quota-vcpus', title: 'Quota: vCPUs of instances on demand', verdict: 'warning', found: `instances of ${type} have a quota of their own, which was not looked at`, todo: 'See it in Service Quotas, Amazon EC2.' }] : checks;
}

const SMALLER = {
  vcpus: 'give fewer --nodes, a smaller --node-type, or another --region',
  addresses: 'release addresses that nobody uses, or take --egress endpoints',
  vpcs: 'delete one that nobody uses, or give another --region',
  clusters: 'delete one that nobody uses, or give another --region',
  domains: 'delete one that nobody uses, or give another --region',
  'domain-nodes': 'give fewer --domain-nodes',
} as const;

function kubernetesCheck({ kubernetesVersion: wanted }: AwsSettings, asked: NonNullable<AccountState['kubernetes']>): AwsCheck {
  const base = { id: 'kubernetes-version', title: `Kubernetes ${wanted}` };
  if (asked.is === 'denied') return unasked(base, asked, 'eks:DescribeClusterVersions');
  const offered = asked.value.filter(({ status }) => status === 'STANDARD_SUPPORT').map(({ version }) => version);
  if (offered.includes(wanted)) return { ...base, verdict: 'ok', found: 'EKS has it in standard support' };
  const todo = `Give --kubernetes-version ${offered[0] ?? ''}; offered are ${offered.join(', ')}.`;
  return { ...base, verdict: 'failed', found: asked.value.some(({ version, status }) => version === wanted && status === 'EXTENDED_SUPPORT') ? 'EKS has it in extended support only, which costs six times as much and is not taken' : 'EKS does not have it', todo };
}

/** Engines that take the templates, policies and dashboards which come at the end; another one would refuse them when everything is there. */
const isKnownEngine = (version: string): boolean => /^OpenSearch_[23]\./u.test(version);
const FOR_ENGINES = 'templates and dashboards are for OpenSearch 2 and 3';

function engineCheck({ domain: { engineVersion: wanted } }: AwsSettings, asked: Asked<readonly string[]>): AwsCheck {
  const base = { id: 'engine-version', title: wanted };
  if (asked.is === 'denied') return unasked(base, asked, 'es:ListVersions');
  const todo = `Give --engine-version; offered are ${asked.value.filter(isKnownEngine).join(', ')}.`;
  if (!asked.value.includes(wanted)) return { ...base, verdict: 'failed', found: 'OpenSearch Service does not have it', todo };
  if (!isKnownEngine(wanted)) return { ...base, verdict: 'failed', found: FOR_ENGINES, todo };
  return { ...base, verdict: 'ok', found: 'OpenSearch Service has it' };
}

function domainTypeCheck({ domain: { type, engineVersion, diskGiB } }: AwsSettings, asked: NonNullable<AccountState['domainType']>): AwsCheck {
  const base = { id: 'domain-type', title: `Nodes of the domain: ${type}` };
  if (asked.is === 'denied') return unasked(base, asked, 'es:ListInstanceTypeDetails and es:DescribeInstanceTypeLimits');
  const { details, maxDiskGiB } = asked.value;
  if (details === undefined) return { ...base, verdict: 'failed', found: `${engineVersion} has no such type here`, todo: 'Give another --domain-type, such as t3.medium.search or r6g.large.search.' };
  if (details.EncryptionEnabled === false || details.AdvancedSecurityEnabled === false) return { ...base, verdict: 'failed', found: 'it has no encryption at rest, or no fine-grained access control', todo: 'Give a newer --domain-type, such as t3.medium.search or r6g.large.search.' };
  if (maxDiskGiB !== undefined && diskGiB > maxDiskGiB) return { ...base, verdict: 'failed', found: `it takes ${maxDiskGiB} GiB of disk at most, and ${diskGiB} are wanted`, todo: 'Give a smaller --domain-disk, more --domain-nodes, or a larger --domain-type.' };
  return { ...base, verdict: 'ok', found: `${engineVersion} has it, with what it is to have` };
}

function serviceRoleCheck(asked: Asked<boolean>): AwsCheck {
  const base = { id: 'service-role', title: 'The role of OpenSearch Service' };
  if (asked.is === 'denied') return unasked(base, asked, 'iam:GetRole');
  if (asked.value) return { ...base, verdict: 'ok', found: 'the account has it' };
  return { ...base, verdict: 'failed', found: 'the account lacks the role by which the service reaches a VPC', todo: 'Make it once: aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com. It belongs to the account, costs nothing, and stays.' };
}

function existingDomainCheck({ existingDomain = '', region }: AwsSettings, state: NonNullable<AccountState['existingDomain']>): AwsCheck {
  const base = { id: 'existing-domain', title: `The domain ${existingDomain}` };
  if (state === 'none') return { ...base, verdict: 'failed', found: `there is none in ${region}`, todo: 'Check the name after --existing-domain, --region, and whose account the credentials are of.' };
  const lacks = [state.vpcId === undefined ? 'an endpoint in a VPC' : '', state.fineGrained ? '' : 'fine-grained access control', state.httpsOnly ? '' : 'HTTPS only', state.encrypted ? '' : 'encryption at rest'].filter((each) => each !== '');
  if (lacks.length > 0) return { ...base, verdict: 'failed', found: `it lacks ${lacks.join(', ')}`, todo: 'Give it what it lacks, or leave --existing-domain out.' };
  if (!isKnownEngine(state.engineVersion)) return { ...base, verdict: 'failed', found: `it is ${state.engineVersion}; ${FOR_ENGINES}`, todo: 'Upgrade it, or name another one.' };
  if (state.phase !== 'active') return { ...base, verdict: ['deleting', 'isolated'].includes(state.phase) ? 'failed' : 'warning', found: `it is ${state.phase}`, todo: 'Wait until it is active.' };
  return { ...base, verdict: 'ok', found: `${state.engineVersion}, ${state.count} ${state.type}, active, in ${state.vpcId ?? ''}` };
}
