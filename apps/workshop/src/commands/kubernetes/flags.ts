import { type Command, Option } from 'commander';
import { AWS } from '../aws/flags.ts';
import { usageError } from '../usageError.ts';

/** The targets that a command works on. */
export type TargetName = 'embedded' | 'kubernetes' | 'aws';

const GROUP = 'Kubernetes target:';
const HOW = ['auto', 'built-in', 'operator'] as const;

const of = (flags: string, description: string): Option => new Option(flags, description).helpGroup(GROUP);

/** Which target; `up` starts the embedded one where none is named, the others find the one that was brought up last. */
export function addTarget(command: Command): Command {
  return command.addOption(new Option('--target <target>', 'embedded: this machine; kubernetes: a cluster').choices(['embedded', 'kubernetes']));
}

/** The same for what makes, deletes and looks at whole accounts; to the others, a cluster of EKS is one like any. */
export function addTargetOrAws(command: Command): Command {
  return command.addOption(new Option('--target <target>', 'embedded: this machine; kubernetes: a cluster; aws: EKS and a domain of OpenSearch Service').choices(['embedded', 'kubernetes', 'aws']));
}

/** Which cluster, and where the target is on it. */
export function addCluster(command: Command): Command {
  return command
    .addOption(of('--context <name>', 'context of the kubeconfig; "in-cluster" for the account of the pod that this runs in'))
    .addOption(of('--kubeconfig <file>', 'without it, KUBECONFIG or ~/.kube/config'))
    .addOption(of('--namespace <name>', 'of aggregators and of what reads the cluster (logging)'));
}

/** The same for what asks an OpenSearch that the target was given. */
export function addClusterAndServer(command: Command): Command {
  return addCluster(command).addOption(of('--opensearch-url <url>', 'an OpenSearch that is there, where the target was put up from elsewhere: says that your credentials may go to it'));
}

/** What is to be on the cluster: `up` and `diff`. No defaults here, so that what is given can be told from what is not. */
export function addWanted(command: Command): Command {
  return addCluster(command)
    .addOption(of('--agents-namespace <name>', 'of the node agents: it has to be privileged (node-agents)'))
    .addOption(of('--guestbook-namespace <name>', 'of the guestbook (guestbook)'))
    .addOption(of('--opensearch-namespace <name>', 'of OpenSearch and OpenSearch Dashboards (opensearch)'))
    .addOption(of('--pattern <pattern>', 'who ships what and how (workshop)').choices(['workshop', 'ant332', 'direct', 'otel']))
    .addOption(of('--guestbook <variant>', 'the guestbook’s web tier: ours, the public PHP sample, or no guestbook (podscope)').choices(['podscope', 'php', 'none']))
    .addOption(of('--guestbook-image <name>', 'the image of apps/guestbook, as your registry calls it'))
    .addOption(of('--image-mirror <registry>', 'registry and path that stand in for those of every image'))
    .addOption(of('--opensearch-url <url>', 'an OpenSearch that is there, as the pods reach it'))
    .addOption(of('--opensearch-local-url <url>', 'the same, as this machine reaches it, where that is another address'))
    .addOption(of('--opensearch-ca <file>', 'certificate of the authority that signed its certificate'))
    .addOption(of('--opensearch <how>', 'without an address: by the OpenSearch operator, by a StatefulSet of ours, or by the operator where it is installed (auto)').choices([...HOW]))
    .addOption(of('--opensearch-nodes <number>', 'of an OpenSearch in the cluster (1)').choices(['1', '3']))
    .addOption(of('--opensearch-version <major>', 'of an OpenSearch in the cluster (2)').choices(['2', '3']))
    .addOption(of('--opensearch-storage <size>', 'of the volume of each of its nodes (10Gi)'))
    .addOption(of('--storage-class <name>', 'of every volume; without it, the cluster’s default class'))
    .addOption(of('--dashboards', 'put OpenSearch Dashboards in, as is done without a word'))
    .addOption(of('--no-dashboards', 'leave OpenSearch Dashboards out'));
}

/** How `up` goes about it. */
export function addUp(command: Command): Command {
  return addWanted(command)
    .addOption(of('--dry-run', 'look at everything and print the plan; nothing is changed, or made'))
    .addOption(of('--yes', 'remove what is no longer wanted without asking; of AWS, make it without asking'))
    .addOption(of('--ignore <checks...>', 'checks of the preflight that only warn, such as capacity'))
    .addOption(of('--force-conflicts', 'take fields that somebody else has changed since'))
    .addOption(of('--timeout <minutes>', 'how long workloads may take to be ready (15); of AWS, each part (90)'));
}

type Options = Readonly<Record<string, unknown>>;

/** Options of `up` that only the embedded target has, with their defaults. */
const EMBEDDED: Readonly<Record<string, unknown>> = { consolePort: '5690', opensearchPort: '0', guestbookPort: '0', seed: 'podscope', shippers: 'built-in', shippersBin: undefined };
/** Options that only the Kubernetes target has. */
const KUBERNETES = [
  'context', 'kubeconfig', 'namespace', 'agentsNamespace', 'guestbookNamespace', 'opensearchNamespace', 'opensearchUrl', 'opensearchLocalUrl', 'opensearchCa',
  'opensearch', 'opensearchNodes', 'opensearchVersion', 'opensearchStorage', 'storageClass', 'ignore', 'forceConflicts', 'keepData',
];
/** Options of every target that is on a cluster. */
const ON_A_CLUSTER = ['pattern', 'guestbook', 'guestbookImage', 'imageMirror', 'dryRun', 'yes', 'timeout', 'port'];

const flagOf = (name: string): string => `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws PodscopeError CLI_USAGE for an option that the target doesn't have */
export function requireFitting(target: TargetName, options: Options): void {
  if (target !== 'embedded') {
    const strange = Object.keys(EMBEDDED).find((name) => options[name] !== undefined && options[name] !== EMBEDDED[name]);
    if (strange !== undefined) throw usageError(`${flagOf(strange)} belongs to the embedded target.`, `Leave it out, or leave out --target ${target}.`);
  }
  const isGiven = (name: string): boolean => options[name] !== undefined && options[name] !== false;
  const dashboards = options['dashboards'] === false ? ['noDashboards'] : options['dashboards'] === true ? ['dashboards'] : [];
  const ofKubernetes = [...KUBERNETES.filter((name) => options[name] !== undefined), ...dashboards];
  const ofAws = AWS.filter(isGiven);
  const strange = target === 'aws' ? ofKubernetes[0] : target === 'kubernetes' ? ofAws[0] : [...ofKubernetes, ...ON_A_CLUSTER.filter(isGiven), ...ofAws][0];
  if (strange === undefined) return;
  const home = ofAws.includes(strange) ? 'aws' : 'kubernetes';
  throw usageError(`${flagOf(strange)} belongs to --target ${home}.`, `Add --target ${home}, or leave it out.`);
}
