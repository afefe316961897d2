import { PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { readLedger } from '../../targets/embedded/ledger/ledger.ts';
import { localEvents } from '../../targets/aws/ledger/localEvents.ts';
import { asker, connectCluster } from '../../targets/kubernetes/connection/connect.ts';
import { readRecord, readRecordInCluster, type TargetRecord } from '../../targets/kubernetes/record/record.ts';
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
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/**
 * Connects with the cluster that flags name, or the one of the last `up`.
 *
 * @throws PodscopeError KUBE_CONTEXT_UNCONFIRMED, KUBE_CONFIG_INVALID; what the API throws
 */
export async function openSession({ environment, output }: CommandContext, options: Options): Promise<Session> {
  const recorded = readRecord(environment.runDir);
  const named = text(options['context']);
  // Another context, another kubeconfig or another namespace is another target.
  const isOther = recorded !== undefined && ((named !== undefined && named !== recorded.context) || (options['kubeconfig'] !== undefined && options['kubeconfig'] !== recorded.kubeconfig && named === undefined));
  const own = isOther ? undefined : recorded;
  const api = await connectCluster({ kubeconfig: text(options['kubeconfig']) ?? own?.kubeconfig, context: named ?? own?.context }, { environment, output, ask: asker(output) });
  try {
    if (own !== undefined && own.server !== api.server) {
      throw new PodscopeError('KUBE_CONTEXT_UNCONFIRMED', `The context ${api.context} is now of ${api.server}; the target was put on ${own.server}. Nothing was asked of it.`, { hint: `Give --context ${api.context} for this server, or the context that has the other one.` });
    }
    const namespace = text(options['namespace']);
    const same = own !== undefined && (namespace === undefined || namespace === own.options.namespaces.logging);
    const record = same ? own : await readRecordInCluster(api, namespace ?? 'logging');
    return { api, record, [Symbol.dispose]: () => api.close() };
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
