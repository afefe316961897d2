import { PodscopeError } from '@podscope/core';
import type { FaultLook, FaultOn } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { portAccesses } from '../../application/podPorts.ts';
import { checkHelper, helperAccesses, helperChanged, helperChanges, helperLeft, type HelperParams, isByClient, startHelper, stopHelper } from '../../application/redis/clientPods.ts';
import { webOfCluster, type WebPod, type WebTier } from '../../application/web/tier.ts';
import { startVisits } from './visits.ts';
import type { StormParams } from './params.ts';

interface Before {
  readonly pods: readonly WebPod[];
}

const TAIL = 500;
/** Older lines are no sign that it goes on; the log's clock may differ by as much. Seconds. */
const FRESH_SECONDS = 60;
/** `[24/Nov/2026:09:22:27 +0000]` */
const TIME = /\[(\d{2})\/(\w{3})\/(\d{4}):(\d{2}:\d{2}:\d{2}) \+0000\]/;

// The switch isn't used.
const webOf = (target: KubernetesTarget, params: StormParams): WebTier => webOfCluster(target, { ...params, adminPort: params.port });
const helperOf = ({ client, ...rest }: StormParams): HelperParams => ({ ...rest, client: client.id });
const clusterOf = ({ api }: KubernetesTarget, { namespace, selector, port }: StormParams) => ({ id: api.context, cluster: { api, namespace, selector, port } });
const look = (run: FaultLook<KubernetesTarget, Before>, params: StormParams) => ({ id: run.id, target: clusterOf(run.target, params) });

/** On a cluster the client is a Deployment of the guestbook's image, or the injector itself through the API server. */
export const stormOnCluster: FaultOn<KubernetesTarget, StormParams, Before> = {
  accesses: (params) => [...portAccesses(params.namespace), { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: params.namespace }, ...helperAccesses({ ...helperOf(params), namespace: params.namespace })],
  async observe(target, params) {
    if (isByClient(helperOf(params)) && !/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(params.client.id)) {
      throw new PodscopeError('FAULT_BAD_PARAMETERS', 'The id of a client in a cluster is a name for objects.', { hint: 'Small letters, digits and -, beginning with a letter, up to 40.' });
    }
    await checkHelper(clusterOf(target, params), helperOf(params));
    const web = webOf(target, params);
    const pods = await web.pods();
    for (const path of params.client.paths) {
      const { status } = await web.request(pods[0]?.name ?? '', path);
      if (status !== 404) throw new PodscopeError('FAULT_TARGET_UNFIT', `The guestbook answers ${path} with ${status} already.`, { hint: 'Choose paths that are not served, and a guestbook that is well.' });
    }
    return { pods };
  },
  plan: (_before, params) => ({ changes: helperChanges(helperOf(params), `${params.client.rate} requests/s for ${params.client.paths.length} paths that answer 404`) }),
  blastRadius: ({ pods }, params) => ({
    unit: 'pods',
    count: pods.length,
    of: pods.length,
    objects: isByClient(helperOf(params)) ? [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: params.namespace, name: params.client.id, paths: [] }] : pods.flatMap(({ pod }) => (pod === undefined ? [] : [{ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name, paths: [] }])),
    things: [`client:${params.namespace}/${params.client.id}`],
  }),
  async inject(run, params) {
    const { client, url, seconds } = params;
    const args = ['visit', '--url', url, '--rate', String(client.rate), '--user-agent', client.userAgent, ...client.paths.flatMap((path) => ['--path', path])];
    const web = webOf(run.target, params);
    await startHelper({ ...look(run, params), step: (name, write) => run.step(name, write) }, { ...helperOf(params), seconds }, args, async () => startVisits(run.target, run.before.pods, params, () => web.pods()));
  },
  async verify(run, params) {
    const web = webOf(run.target, params);
    const { client } = params;
    const lines = await Promise.all((await web.pods()).map(({ name }) => web.log(name, TAIL)));
    const isLogged = lines.some((each) => each !== undefined);
    const found = lines.flat().filter((line) => line !== undefined && isVisit(line, client) && isFresh(line)).length;
    const runs = await helperLeft(look(run, params), helperOf(params));
    const findings = [isLogged ? `${found} lines of the last ${FRESH_SECONDS} s in the logs of the web pods have its user agent, one of its paths and status 404` : 'the logs of the web pods can’t be read here', ...runs];
    if (found > 0) return { symptom: 'present', findings };
    return { symptom: runs.length > 0 && !isLogged ? 'unverifiable' : 'absent', findings };
  },
  changedSince: (run, params) => helperChanged(look(run, params), helperOf(params)),
  revert: (run, params) => stopHelper({ ...look(run, params), step: (name, write) => run.step(name, write) }, helperOf(params)),
  async restored(run, params) {
    const left = await helperLeft(look(run, params), helperOf(params));
    return { symptom: left.length === 0 ? 'absent' : 'present', findings: left.length === 0 ? ['the client is gone'] : left };
  },
};

/** Whether an access line is about a request of the client: others may have the same agent, and other pages that are missing. */
function isVisit(line: string, { userAgent, paths }: StormParams['client']): boolean {
  return line.includes(userAgent) && / 404 /.test(line) && paths.some((path) => logged(path).some((text) => line.includes(` ${text} `)));
}

/** A path as an access log may have it: as it is, encoded by whoever asked, or with what ends a field escaped. */
function logged(path: string): readonly string[] {
  const { pathname, search } = new URL(`http://localhost${path}`);
  return [path, `${pathname}${search}`, path.replaceAll(/["\\]/g, '\\$&')];
}

function isFresh(line: string): boolean {
  const [, day, month, year, clock] = TIME.exec(line) ?? [];
  return Date.now() - Date.parse(`${day} ${month} ${year} ${clock} GMT`) < FRESH_SECONDS * 1_000;
}
