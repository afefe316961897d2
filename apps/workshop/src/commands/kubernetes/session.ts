import { resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { readLedger } from '../../ledger/ledger.ts';
import { localEvents } from '../../targets/aws/ledger/localEvents.ts';
import { confirmServer } from '../../targets/kubernetes/connection/confirmedServer.ts';
import { asker, connectCluster } from '../../targets/kubernetes/connection/connect.ts';
import { readRecord, readRecordFor, readRecordInCluster, type TargetRecord } from '../../targets/kubernetes/record/record.ts';
import type { CommandContext } from '../command.ts';
import { requireFitting, type TargetName } from './flags.ts';

type Options = Readonly<Record<string, unknown>>;

/**
 * Which target a command is about: the one that is named; else, when nothing runs embedded, an event of AWS, or what is on a cluster, when
 * it was brought up from this run directory.
 *
 * @param withAws Whether the command has something to do with whole accounts of AWS.
 * @throws PodscopeError CLI_USAGE, LEDGER_UNREADABLE
 */
export function targetOf({ environment: { runDir } }: Pick<CommandContext, 'environment'>, options: Options, withAws = false): TargetName {
  const named = options['target'] as TargetName | undefined;
  const found = named ?? (readLedger(runDir)?.system === 'embedded' ? 'embedded' : withAws && localEvents(runDir).length > 0 ? 'aws' : readRecord(runDir) === undefined ? 'embedded' : 'kubernetes');
  requireFitting(found, options);
  return found;
}

/** A command's connection with a cluster. */
export interface Session extends Disposable {
  readonly api: KubernetesApi;
  /** What `up` has recorded: here, or, for flags that name another place, in the cluster. */
  readonly record: TargetRecord | undefined;
  /** True where the run directory's record is about this place: only then may it be changed or removed. */
  readonly isRecordedHere: boolean;
  /** The absolute path of the kubeconfig that was named, by a flag or by the record; undefined for KUBECONFIG or the home directory's. */
  readonly kubeconfig: string | undefined;
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** The path of the kubeconfig that was named: absolute, since the next command may be given elsewhere. */
const kubeconfigOf = (options: Options): string | undefined => (options['kubeconfig'] === undefined ? undefined : resolve(String(options['kubeconfig'])));

/**
 * Connects with the cluster that flags name, or the one of the last `up`.
 *
 * @param asks Which OpenSearch is asked with the credentials of the environment: the one of the record, or one that flags may name instead.
 * @throws PodscopeError KUBE_CONTEXT_UNCONFIRMED, KUBE_CONFIG_INVALID, OPENSEARCH_UNCONFIRMED; what the API throws
 */
export async function openSession({ environment, output }: CommandContext, options: Options, asks: 'recorded' | 'wanted' = 'recorded'): Promise<Session> {
  const named = text(options['context']);
  const given = kubeconfigOf(options);
  const recorded = readRecordFor(environment.runDir, named);
  // Another context, another kubeconfig or another namespace is another target.
  const isOther = recorded !== undefined && ((named !== undefined && named !== recorded.context) || (given !== undefined && given !== recorded.kubeconfig && named === undefined));
  const own = isOther ? undefined : recorded;
  const kubeconfig = given ?? own?.kubeconfig;
  const api = await connectCluster({ kubeconfig, context: named ?? own?.context }, { environment, output, ask: asker(output) });
  try {
    // Contexts are used again for other clusters. Whoever names one means the cluster that it leads to now; the record doesn't know of that.
    const moved = own !== undefined && own.server !== api.server;
    if (moved && named === undefined) {
      throw new PodscopeError('KUBE_CONTEXT_UNCONFIRMED', `The context ${api.context} is now of ${api.server}; the target was put on ${own.server}. Nothing was asked of it.`, { hint: `Give --context ${api.context} for this server, or the context that has the other one.` });
    }
    const namespace = text(options['namespace']);
    const isRecordedHere = own !== undefined && !moved && (namespace === undefined || namespace === own.options.namespaces.logging);
    const record = isRecordedHere ? own : await readRecordInCluster(api, namespace ?? 'logging');
    const server = text(options['opensearchUrl']);
    if (record !== undefined && !isRecordedHere && (asks === 'recorded' || server === undefined)) await confirmServer(record.options.opensearch, { environment, named: server, ask: asker(output) });
    return { api, record, isRecordedHere, kubeconfig, [Symbol.dispose]: () => api.close() };
  } catch (error) {
    api.close();
    throw error;
  }
}

/** The record, where a command can't do without. @throws PodscopeError NOT_RUNNING */
export function requireRecord({ api, record }: Session, options: Options): TargetRecord {
  if (record !== undefined) return record;
  throw new PodscopeError('NOT_RUNNING', `Nothing of podscope is in the namespace ${text(options['namespace']) ?? 'logging'} of ${api.context}.`, { hint: 'Put it there with "podscope up --target kubernetes", or name another --context or --namespace.' });
}
