import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { loadWorkshop } from '../../config/loadWorkshop.ts';
import { titleOf } from '../kubernetes/apply/applySet.ts';
import { targetFolder } from '../kubernetes/connection/confirmed.ts';
import { checkLines, isFit } from '../kubernetes/preflight/checks.ts';
import { readRecord, readRecordInCluster, removeRecord, writeRecord } from '../kubernetes/record/record.ts';
import { leftLines } from '../kubernetes/remove/remove.ts';
import { upTitles } from '../kubernetes/run/bring.ts';
import { removeEmptyStore } from '../kubernetes/run/emptyStore.ts';
import { planDown, takeDown } from '../kubernetes/run/takeDown.ts';
import { connectEks, contextOf } from './cluster/connect.ts';
import { trustPods } from './cluster/identities.ts';
import { eksKubeconfig } from './cluster/kubeconfig.ts';
import { writeKubeconfig } from './cluster/kubeconfigFile.ts';
import { tokenCommand } from './cluster/tokenCommand.ts';
import { deploy, lookAtCluster } from './deploy/deploy.ts';
import { awsTargetOptions, type DeployChoice } from './deploy/options.ts';
import { irsaAccounts } from './deploy/shippers.ts';
import { grantDomainAccess, revokeDomainAccess } from './domain/grants.ts';
import type { DomainState } from './domain/observe.ts';
import type { AwsCheck, ClusterPlace, InCluster } from './parts.ts';
import { openDomain } from './tunnel/openDomain.ts';
import { removeRelay } from './tunnel/relayPod.ts';

/** What the half in the cluster is made from, beside the settings. */
export interface InClusterChoice extends DeployChoice {
  /** The workshop's configuration file. */
  readonly config?: string | undefined;
  /** The profile of AWS that later commands sign with. */
  readonly profile?: string | undefined;
  /** Says which proxy leads to the cluster's API. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Tells a line beside the progress. */
  readonly note: (line: string) => void;
}

/** The half in the cluster, by the code of the Kubernetes target. */
export function inCluster(choice: InClusterChoice): InCluster {
  const open = ({ clients, cluster }: Pick<ClusterPlace, 'clients' | 'cluster'>): KubernetesApi => connectEks(clients, cluster, choice.environment);
  return {
    // Logstash and Fluentd don't take it.
    shipperAccounts: [],
    async lookAhead({ clients, settings, cluster }) {
      using api = closing(open({ clients, cluster }));
      // Which domain and which role it will be changes nothing of what the cluster is asked.
      const options = awsTargetOptions(settings, { endpoint: 'domain.invalid', shipperRole: 'arn:aws:iam::000000000000:role/shippers' }, choice);
      // Awaited here, since the connection is closed on the way out.
      return await lookAtCluster(api.api, options).then(({ checks }) => checks, (error: unknown) => [noWayIn(error, cluster.name)]);
    },
    async grant(place, tell) {
      const accounts = irsaAccounts(choice.pattern, choice.namespaces);
      for (const role of place.access.shippers) await trustPods(place.clients, { role, cluster: place.cluster, accounts }, place.signal);
      using api = closing(open(place));
      tell('opening the way through the cluster');
      await using domain = await openDomain(api.api, { host: hostOf(place.domain), region: place.clients.region, credentials: place.clients.credentials, imageMirror: choice.imageMirror, signal: place.signal, onError: choice.note });
      tell('giving roles their rights');
      await grantDomainAccess(domain.client, place.access, { signal: place.signal });
    },
    async deploy(place, tell) {
      using api = closing(open(place));
      const options = awsTargetOptions(place.settings, { endpoint: hostOf(place.domain), shipperRole: place.access.shippers[0] ?? '' }, choice);
      const looked = await lookAtCluster(api.api, options);
      if (!isFit(looked.checks)) throw new PodscopeError('AWS_PREFLIGHT_FAILED', `The cluster ${place.cluster.name} does not take what is to be put on it.`, { hint: 'Each line is a thing that does not fit. The cluster and the domain are there: run the same command again.', details: checkLines(looked.checks.filter(({ verdict }) => verdict === 'failed')) });
      const workshop = await loadWorkshop(choice.config);
      const kubeconfig = kubeconfigOf(place.runDir);
      await mkdir(targetFolder(place.runDir), { recursive: true, mode: 0o700 });
      await writeKubeconfig(kubeconfig, eksKubeconfig(place.cluster, tokenCommand(choice.profile)), { current: true });
      const result = await deploy({
        api: api.api, looked, kubeconfig, asker: { credentials: place.clients.credentials }, indices: workshop.indices, savedObjects: workshop.objects, signal: place.signal,
        keep: (record) => writeRecord(place.runDir, record),
        tell: (step, message) => tell(message === '' ? upTitles[step] : `${upTitles[step]}: ${message}`),
        done: () => undefined, note: choice.note,
      });
      return { workloads: result.workloads.filter(({ ref }) => ref.kind !== 'Namespace').length, indices: result.indices, dashboards: result.dashboards?.imported ?? 0 };
    },
    forget,
    async remove(place, tell) {
      using api = closing(open(place));
      const namespaces = (await readRecordInCluster(api.api, choice.namespaces?.logging ?? 'logging'))?.options.namespaces ?? choice.namespaces ?? { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' };
      const rights = await takeRightsBack(api.api, place, choice, tell);
      const { plan } = await planDown(api.api, namespaces);
      const receipt = await takeDown(api.api, plan, { signal: place.signal, timeoutMs: 10 * 60_000, onProgress: ({ ref, state }) => tell(`${titleOf(ref)} ${state}`) });
      tell('taking the way to the domain away');
      const relay = await removeRelay(api.api, { signal: place.signal });
      const store = await removeEmptyStore(api.api, place.signal);
      place.signal.throwIfAborted();
      const left = [...rights, ...leftLines(receipt.left), ...relay.left, ...(store?.gone === false ? [`${titleOf(store.ref)}: it is being deleted`] : [])];
      if (left.length === 0) forget({ ...place, cluster: place.cluster.name, region: place.clients.region });
      return left;
    },
  };
}

const kubeconfigOf = (runDir: string): string => join(targetFolder(runDir), 'aws.kubeconfig');

/** The record of another target stays. */
const forget: InCluster['forget'] = ({ runDir, cluster, region }) => {
  if (readRecord(runDir)?.context !== contextOf({ name: cluster, region })) return;
  removeRecord(runDir);
  rmSync(kubeconfigOf(runDir), { force: true });
};

/** Takes back the rights in a domain that stays. One that can't be asked now does not keep what is on the cluster. @returns what is left */
async function takeRightsBack(api: KubernetesApi, { clients: { region, credentials }, settings, domain, signal }: Parameters<InCluster['remove']>[0], { imageMirror, note }: InClusterChoice, tell: (message: string) => void): Promise<readonly string[]> {
  if (domain?.host === undefined || settings.existingDomain === undefined) return [];
  tell('taking rights back');
  try {
    await using opened = await openDomain(api, { host: domain.host, region, credentials, imageMirror, signal, onError: note });
    await revokeDomainAccess(opened.client);
    return [];
  } catch (error) {
    signal.throwIfAborted();
    if (!isPodscopeError(error)) throw error;
    return [`rights in the domain ${domain.name}: ${error.message}`];
  }
}

function closing(api: KubernetesApi): Disposable & { readonly api: KubernetesApi } {
  return { api, [Symbol.dispose]: () => api.close() };
}

/** Why the API of a cluster can't be asked, as a check. @throws what is no such reason */
function noWayIn(error: unknown, name: string): AwsCheck {
  const todo = isPodscopeError(error, 'KUBE_UNREACHABLE')
    ? 'Run this from a machine that reaches it, or add this machine’s address to its public access.'
    : isPodscopeError(error, 'KUBE_UNAUTHORIZED') || isPodscopeError(error, 'KUBE_FORBIDDEN')
      ? `Have whoever owns it add an access entry for you: "aws eks create-access-entry --cluster-name ${name} --principal-arn <yours>", with the rights of an administrator.`
      : undefined;
  if (todo === undefined) throw error;
  return { id: 'cluster-access', title: 'You on the cluster', verdict: 'failed', found: (error as Error).message.replace(/\.$/u, ''), todo };
}

function hostOf({ host, name }: DomainState): string {
  if (host !== undefined) return host;
  throw new PodscopeError('AWS_DOMAIN_FAILED', `The domain ${name} has no address yet.`, { hint: 'Run the same command again when it is active: podscope status --target aws.' });
}
