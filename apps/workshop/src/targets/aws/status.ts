import { observeEksCluster, observeNodegroups } from './cluster/observe.ts';
import { observeDomain } from './domain/observe.ts';
import { awsNames, STACKS } from './names.ts';
import type { AwsPlace } from './request.ts';
import { eventOf, findStack } from './stacks/observe.ts';
import { findEvent, isNothing } from './steps/find.ts';
import type { EventRecord } from './ledger/record.ts';
import type { Left } from './sweep/place.ts';

/** How a part of an event is. */
export interface PartState {
  readonly kind: string;
  readonly name: string;
  /** As AWS calls it; `not there` for what isn't. */
  readonly state: string;
  readonly isWell: boolean;
  readonly issues: readonly string[];
}

/** How an event is. */
export interface AwsStatus {
  readonly isThere: boolean;
  readonly isWell: boolean;
  readonly account: string;
  readonly record: EventRecord | undefined;
  readonly parts: readonly PartState[];
  /** Everything that is there of it, however found. */
  readonly there: readonly Left[];
  /** What it has cost so far by the estimate, in US dollars. */
  readonly costUsd: number | undefined;
}

/** Asks AWS how an event is. @throws PodscopeError AWS_… */
export async function statusAws(request: AwsPlace): Promise<AwsStatus> {
  const { clients, event, signal } = request;
  const found = await findEvent(request);
  const { ledger: { record }, left } = found;
  const names = awsNames({ event });
  const parts: PartState[] = [];
  for (const id of STACKS) {
    const stack = await findStack(clients, names.stack(id), signal);
    const isThere = stack !== undefined && eventOf(stack) === event;
    // A cluster that was there may lack nothing that a stack would have made on it.
    if (id === 'cluster' && !isThere && record?.settings.existingCluster !== undefined) continue;
    const state = isThere ? (stack.StackStatus ?? 'unknown') : 'not there';
    parts.push({ kind: 'stack', name: names.stack(id), state, isWell: /^(?:CREATE|UPDATE)_COMPLETE$/u.test(state), issues: stack?.StackStatusReason === undefined ? [] : [stack.StackStatusReason] });
  }
  const clusterName = record?.settings.existingCluster ?? names.cluster;
  const cluster = await observeEksCluster(clients, clusterName, signal);
  parts.push({ kind: 'cluster', name: clusterName, state: cluster?.status ?? 'not there', isWell: cluster?.status === 'ACTIVE' && cluster.issues.length === 0, issues: cluster?.issues ?? [] });
  if (cluster !== undefined) {
    for (const { name, status, issues } of await observeNodegroups(clients, clusterName, signal)) parts.push({ kind: 'nodes', name, state: status, isWell: status === 'ACTIVE' && issues.length === 0, issues });
  }
  const domainName = record?.settings.existingDomain ?? names.domain;
  const domain = await observeDomain(clients, domainName, { signal });
  parts.push({ kind: 'domain', name: domainName, state: domain?.phase ?? 'not there', isWell: domain?.phase === 'active', issues: [] });
  const hours = record === undefined ? 0 : (Date.now() - Date.parse(record.began)) / 3_600_000;
  return {
    isThere: !isNothing(found),
    isWell: parts.every(({ isWell }) => isWell),
    account: found.caller.account, record, parts, there: left,
    costUsd: record === undefined || record.hourlyUsd === null ? undefined : Math.round(record.hourlyUsd * hours * 100) / 100,
  };
}
