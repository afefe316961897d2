import type { Access, KubeClient } from '../client.ts';
import type { KubeObject } from '../objects.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** What nothing that reads logs and metrics has a use of. Whoever may do one of these may become somebody else, or read what is secret. */
const NEVER: readonly Access[] = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'].map((verb) => ({ verb, resource: 'secrets' })),
  ...['create', 'update', 'patch', 'delete', 'deletecollection'].map((verb) => ({ verb, resource: 'pods' })),
  ...['get', 'create'].flatMap((verb) => ['exec', 'attach', 'portforward', 'proxy'].map((subresource) => ({ verb, resource: 'pods', subresource }))),
  { verb: 'patch', resource: 'pods', subresource: 'ephemeralcontainers' },
  // Through it, anything can be run on a node.
  ...['get', 'create'].map((verb) => ({ verb, resource: 'nodes', subresource: 'proxy' })),
  ...['update', 'patch', 'delete'].map((verb) => ({ verb, resource: 'nodes' })),
  { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
  ...['users', 'groups', 'serviceaccounts'].map((resource) => ({ verb: 'impersonate', resource })),
  ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].flatMap((resource) => ['create', 'update', 'patch', 'delete'].map((verb) => ({ verb, resource, group: 'apps' }))),
  ...['roles', 'clusterroles'].flatMap((resource) => ['create', 'update', 'patch', 'escalate', 'bind'].map((verb) => ({ verb, resource, group: RBAC }))),
  ...['rolebindings', 'clusterrolebindings'].flatMap((resource) => ['create', 'update', 'patch'].map((verb) => ({ verb, resource, group: RBAC }))),
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'].map((resource) => ({ verb: 'create', resource, group: 'admissionregistration.k8s.io' })),
  { verb: '*', resource: '*', group: '*' },
];

const words = ({ verb, resource, subresource, group = '' }: Access): string => `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;

/** The user name of a service account. */
export function userOf({ metadata }: KubeObject): string {
  return `system:serviceaccount:${metadata.namespace ?? 'default'}:${metadata.name}`;
}

/** Which of the rights that no shipper needs a service account has: in its own namespace, in `kube-system`, or everywhere. */
export async function excessOf(client: KubeClient, account: KubeObject): Promise<string[]> {
  const excess: string[] = [];
  for (const access of NEVER) {
    for (const namespace of [undefined, account.metadata.namespace ?? 'default', 'kube-system']) {
      if (!(await client.allows(userOf(account), { ...access, ...(namespace === undefined ? {} : { namespace }) }))) continue;
      excess.push(`${words(access)} ${namespace === undefined ? 'in every namespace' : `in ${namespace}`}`);
      break;
    }
  }
  return excess;
}
