import type { KubeObject } from './objects.ts';

/** What may be done, as in a Role. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

const GROUP = 'rbac.authorization.k8s.io';

/** A role with these rules and its binding to the user of the same name. */
export function rulesOf(user: string, rules: readonly PolicyRule[], namespace?: string): readonly KubeObject[] {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = { name: user, ...(namespace === undefined ? {} : { namespace }) };
  return [
    { apiVersion: `${GROUP}/v1`, kind, metadata, rules },
    { apiVersion: `${GROUP}/v1`, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: GROUP, kind, name: user }, subjects: [{ apiGroup: GROUP, kind: 'User', name: user }] },
  ];
}
