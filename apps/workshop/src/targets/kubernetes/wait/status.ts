import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, type ApplySetId, applySetLabel, bookRef, groupKindOf, refOf, titleOf } from '../apply/applySet.ts';
import { bookOf } from '../apply/book.ts';
import { listMembers, servedKind } from '../apply/observe.ts';
import { comesUp, judge } from './judge.ts';
import { stateOf, type WorkloadState } from './state.ts';
import { readSurroundings } from './surroundings.ts';

/** Of which kinds `status` tells. */
const KINDS = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Job.batch', 'Pod', 'PersistentVolumeClaim', 'Service'];

/**
 * What is asked of each workload of a set, how many of its pods are ready, and why not the others. Sorted by namespace and name; pods
 * and events are read only where something isn't done. Undefined when there is no such set.
 *
 * @throws PodscopeError KUBE_NOT_OURS, and what the API throws.
 */
export async function workloadStatus(api: KubernetesApi, id: ApplySetId): Promise<readonly WorkloadState[] | undefined> {
  const object = await api.read(bookRef(id));
  if (object === undefined) return undefined;
  const book = bookOf(id, object);
  const lists = KINDS.filter((groupKind) => book.groupKinds.includes(groupKind)).map(async (groupKind): Promise<readonly KubernetesObject[]> => {
    const kind = await servedKind(api, groupKind);
    return kind === undefined ? [] : listMembers(api, kind, `${APPLYSET.partOf}=${applySetLabel(id)}`, book.namespaces);
  });
  const members = (await Promise.all(lists)).flat().filter(comesUp);
  const troubled = members.filter((member) => judge(member).state !== 'done');
  const surroundings = await readSurroundings(api, [...new Set(troubled.flatMap(({ metadata }) => metadata.namespace ?? []))]);
  const place = (member: KubernetesObject): string => `${member.metadata.namespace ?? ''} ${groupKindOf(member)} ${titleOf(refOf(member))}`;
  return members.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).map((member) => stateOf(refOf(member), member, surroundings, Date.now()));
}
