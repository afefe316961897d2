import { type Command, Option } from 'commander';

const GROUP = 'AWS target:';
const of = (flags: string, description: string): Option => new Option(flags, description).helpGroup(GROUP);

/** Which event, and where. */
export function addEvent(command: Command): Command {
  return command
    .addOption(of('--event <name>', 'names everything that is made for it (podscope)'))
    .addOption(of('--region <region>', 'where it is (eu-central-1)'));
}

/** What is to be made for an event. No defaults here: what is not given is as an earlier `up` has it. */
export function addAwsWanted(command: Command): Command {
  return addEvent(command)
    .addOption(of('--owner <name>', 'who answers for it, as a tag (who signs in)'))
    .addOption(of('--hours <hours>', 'after so many, counted from its first "up", the account deletes everything by itself (8)'))
    .addOption(of('--zones <number>', 'how many zones it is put in (2)').choices(['2', '3']))
    .addOption(of('--egress <way>', 'how private networks reach out: a NAT gateway, or endpoints of AWS only (nat)').choices(['nat', 'endpoints']))
    .addOption(of('--nodes <number>', 'of the cluster (4)'))
    .addOption(of('--node-type <type>', 'of the cluster’s nodes (t3.medium)'))
    .addOption(of('--node-disk <GiB>', 'of each node (20)'))
    .addOption(of('--kubernetes-version <version>', 'of the cluster (1.35)'))
    .addOption(of('--domain-nodes <number>', 'of the domain (2)'))
    .addOption(of('--domain-type <type>', 'of the domain’s nodes (t3.medium.search)'))
    .addOption(of('--domain-disk <GiB>', 'of each of the domain’s nodes (20)'))
    .addOption(of('--engine-version <version>', 'of the domain (OpenSearch_2.19)'))
    .addOption(of('--presenter <ARN...>', 'roles or users who may use cluster and domain, beside who makes them'))
    .addOption(of('--api-cidr <range...>', 'who reaches the cluster’s API from outside; without it, this machine’s own address, of checkip.amazonaws.com'))
    .addOption(of('--budget <dollars>', 'an alarm when the costs of the event pass it'))
    .addOption(of('--budget-email <address>', 'who is told'))
    .addOption(of('--existing-cluster <name>', 'a cluster of EKS that is there: it is used, and never deleted'))
    .addOption(of('--existing-domain <name>', 'a domain that is there, in the network of that cluster: it is used, and never deleted'))
    .addOption(of('--estimate', 'print what it costs, without credentials or network, and make nothing'))
    .addOption(of('--policy [folder]', 'print the IAM policies that whoever runs it needs, or put each into a file there, without credentials or network, and make nothing'));
}

/** Options that only the AWS target has. */
export const AWS = [
  'event', 'region', 'owner', 'hours', 'zones', 'egress', 'nodes', 'nodeType', 'nodeDisk', 'kubernetesVersion', 'domainNodes', 'domainType', 'domainDisk', 'engineVersion', 'presenter', 'apiCidr', 'budget', 'budgetEmail',
  'existingCluster', 'existingDomain', 'estimate', 'policy',
];
