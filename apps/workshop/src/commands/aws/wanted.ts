import type { Environment } from '../../environment.ts';
import { localEvents } from '../../targets/aws/ledger/localEvents.ts';
import { readLocalLedger } from '../../targets/aws/ledger/localLedger.ts';
import { type AwsSettings, awsSettings } from '../../targets/aws/settings.ts';
import { usageError } from '../usageError.ts';

type Options = Readonly<Record<string, unknown>>;

/** Which event a command is about. */
export interface WantedEvent {
  readonly event: string;
  readonly region: string;
}

/** The flag of a setting, for messages. */
const FLAGS: Readonly<Record<string, string>> = {
  'nodes.count': '--nodes', 'nodes.type': '--node-type', 'nodes.diskGiB': '--node-disk', 'domain.count': '--domain-nodes', 'domain.type': '--domain-type', 'domain.diskGiB': '--domain-disk', 'domain.engineVersion': '--engine-version',
  'budget.usd': '--budget', 'budget.email': '--budget-email', presenters: '--presenter', apiCidrs: '--api-cidr', kubernetesVersion: '--kubernetes-version', existingCluster: '--existing-cluster', existingDomain: '--existing-domain',
};

const flagOf = (path: readonly PropertyKey[]): string => FLAGS[path.filter((part) => typeof part === 'string').join('.')] ?? `--${String(path[0])}`;

/**
 * The event that flags name, or the last one of this machine: its region goes with it.
 *
 * @throws PodscopeError CLI_USAGE
 */
export function wantedEvent({ runDir }: Pick<Environment, 'runDir'>, options: Options): WantedEvent {
  const named = options['event'] === undefined ? undefined : String(options['event']);
  const region = options['region'] === undefined ? undefined : String(options['region']);
  const known = localEvents(runDir).find((each) => (named === undefined || each.event === named) && (region === undefined || each.region === region));
  const parsed = awsSettings.pick({ event: true, region: true }).safeParse({ event: named ?? known?.event, region: region ?? known?.region });
  if (!parsed.success) throw badSettings(parsed.error.issues);
  return parsed.data;
}

/**
 * The event that flags name, or the only one of this machine: which of several is to be deleted is not guessed.
 *
 * @throws PodscopeError CLI_USAGE
 */
export function onlyEvent(environment: Pick<Environment, 'runDir'>, options: Options): WantedEvent {
  const fits = localEvents(environment.runDir).filter(({ event, region }) => (options['event'] ?? event) === event && (options['region'] ?? region) === region);
  if (fits.length < 2) return wantedEvent(environment, options);
  throw usageError(`This machine knows of several events: ${fits.map(({ event, region }) => `${event} in ${region}`).join(', ')}.`, 'Say which is meant with --event and --region. Nothing was asked for or deleted.');
}

/**
 * What flags ask for, over what an earlier `up` of this event was about, as this machine knows it.
 *
 * @throws PodscopeError CLI_USAGE, LEDGER_UNREADABLE
 */
export function wantedSettings(environment: Pick<Environment, 'runDir'>, options: Options): AwsSettings {
  const { event, region } = wantedEvent(environment, options);
  const before = readLocalLedger(environment.runDir, region, event)?.record.settings;
  const text = (name: string): string | undefined => (options[name] === undefined ? undefined : String(options[name]));
  const number = (name: string): number | undefined => (options[name] === undefined ? undefined : numberOf(name, String(options[name])));
  if ((options['budget'] === undefined) !== (options['budgetEmail'] === undefined)) throw usageError('--budget and --budget-email belong together.', 'Give both, or none.');
  const given = {
    event, region,
    owner: text('owner') ?? before?.owner,
    hours: number('hours') ?? before?.hours,
    zones: number('zones') ?? before?.zones,
    egress: text('egress') ?? before?.egress,
    nodes: { count: number('nodes') ?? before?.nodes.count, type: text('nodeType') ?? before?.nodes.type, diskGiB: number('nodeDisk') ?? before?.nodes.diskGiB },
    kubernetesVersion: text('kubernetesVersion') ?? before?.kubernetesVersion,
    domain: { count: number('domainNodes') ?? before?.domain.count, type: text('domainType') ?? before?.domain.type, diskGiB: number('domainDisk') ?? before?.domain.diskGiB, engineVersion: text('engineVersion') ?? before?.domain.engineVersion },
    presenters: options['presenter'] ?? before?.presenters,
    apiCidrs: options['apiCidr'] ?? before?.apiCidrs,
    budget: options['budget'] === undefined ? before?.budget : { usd: number('budget'), email: text('budgetEmail') },
    existingCluster: text('existingCluster') ?? before?.existingCluster,
    existingDomain: text('existingDomain') ?? before?.existingDomain,
  };
  const parsed = awsSettings.safeParse(given);
  if (!parsed.success) throw badSettings(parsed.error.issues);
  if (parsed.data.existingDomain !== undefined && parsed.data.existingCluster === undefined) {
    throw usageError('--existing-domain is in a network of its own, which no cluster that is made here can reach.', 'Name a cluster of that network with --existing-cluster, too, or leave it out.');
  }
  return parsed.data;
}

function numberOf(name: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  const flag = Object.entries({ hours: '--hours', zones: '--zones', nodes: '--nodes', nodeDisk: '--node-disk', domainNodes: '--domain-nodes', domainDisk: '--domain-disk', budget: '--budget' }).find(([key]) => key === name)?.[1] ?? name;
  throw usageError(`${flag} must be a number, not ${JSON.stringify(text)}.`, 'Give such a number.');
}

function badSettings(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): Error {
  return usageError(issues.map(({ path, message }) => `${flagOf(path)}: ${message}`).join('; ').concat('.'), 'Correct it, or leave it out.');
}
