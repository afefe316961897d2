import { columns } from '../../terminal/table.ts';
import type { Costs } from '../../targets/aws/parts.ts';
import type { AwsUpResult, UpProspect } from '../../targets/aws/up.ts';
import { checkLines } from '../../targets/kubernetes/preflight/checks.ts';

const dollars = (value: number): string => value.toFixed(2);
/** By the hour most things cost less than a few cents, and a column of cents would not come to its total. */
const hourly = (value: number): string => value.toFixed(3);

/** What an event costs, as a table. */
export function costLines({ lines, hour, day, event, notes }: Costs, hours: number): readonly string[] {
  return [
    ...columns(['RESOURCE', 'QUANTITY', '$/HOUR', '$/DAY', `$/${hours} H`], [...lines.map((line) => [line.resource, line.quantity, hourly(line.hour), dollars(line.day), dollars(line.event)]), ['total', '', hourly(hour), dollars(day), dollars(event)]]),
    '',
    ...notes,
  ];
}

/** What will be made, for whoever is asked. */
export function prospectLines({ account, principal, settings, expires, costs, checks, isBegun }: UpProspect): readonly string[] {
  const { event, region, nodes, domain, zones, egress, existingCluster, existingDomain, hours } = settings;
  return [
    ...checkLines(checks),
    '',
    `The event ${event} in ${region}, in the account ${account}, by ${principal}${isBegun ? ' (begun before)' : ''}:`,
    existingCluster === undefined ? `  a network in ${zones} zones (${egress}), a cluster of EKS with ${nodes.count} ${nodes.type}` : `  the cluster ${existingCluster}, which stays`,
    existingDomain === undefined ? `  a domain of ${domain.engineVersion} with ${domain.count} ${domain.type}` : `  the domain ${existingDomain}, which stays`,
    `  all that is made is deleted by the account itself after ${expires.toISOString()}`,
    '',
    ...(costs === undefined ? ['What it costs is not known here: see docs/guide/aws-target.md.'] : costLines(costs, hours)),
  ];
}

/** The same as a document. */
export function prospectDocument({ account, principal, settings, expires, costs, checks, isBegun }: UpProspect): object {
  return { target: 'aws', event: settings.event, region: settings.region, account, principal, begun: isBegun, expires: expires.toISOString(), settings, estimate: costs ?? null, checks: checks.map(({ id, verdict, found }) => ({ id, verdict, found })) };
}

/** What `up` came to, as a document. */
export function upDocument(result: AwsUpResult): object {
  const { cluster, domain, inCluster, stacks } = result;
  return { ...prospectDocument(result), healthy: true, stacks, cluster: { name: cluster.name, version: cluster.version }, domain: { name: domain.name, host: domain.host ?? null, engineVersion: domain.engineVersion }, inCluster };
}

/** What `up` came to, for a person. */
export function upLines({ settings, cluster, domain, inCluster, expires, costs }: AwsUpResult): readonly string[] {
  return [
    '',
    `Everything runs: ${inCluster.workloads} workloads on ${cluster.name} (Kubernetes ${cluster.version}), ${inCluster.dashboards} objects in the Dashboards of ${domain.name} (${domain.engineVersion}).`,
    ...(costs === undefined ? [] : [`Costs:    about ${dollars(costs.hour)} US dollars an hour`]),
    `Until:    ${expires.toISOString()}; then the account deletes it by itself`,
    '',
    `  podscope kubeconfig --target aws --event ${settings.event} --region ${settings.region}`,
    '  podscope open console',
    '',
    'It goes on without this command. "podscope status" says how it is, "podscope down" takes it away, from any machine.',
  ];
}
