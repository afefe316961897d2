import type { k8s } from 'cdk8s-plus-33';
import { badValue } from '../../quantities/quantities.ts';
import type { SecretReference } from '../../secrets/secretReference.ts';
import { requireSubdomain } from '../objects/names.ts';

const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** The pod's own names, by the downward API, and what the configuration refers to, out of Secrets. Later variables win over earlier ones. */
export function environmentOf(references: readonly SecretReference[], more: readonly k8s.EnvVar[]): k8s.EnvVar[] {
  const all = new Map<string, k8s.EnvVar>();
  for (const [name, fieldPath] of DOWNWARD) all.set(name, { name, valueFrom: { fieldRef: { fieldPath } } });
  for (const reference of references) all.set(reference.variable, fromReference(all.get(reference.variable), reference));
  for (const variable of more) all.set(variable.name, variable);
  return [...all.values()];
}

const DOWNWARD = [
  ['NODE_NAME', 'spec.nodeName'],
  ['POD_NAME', 'metadata.name'],
  ['POD_NAMESPACE', 'metadata.namespace'],
] as const;

function fromReference(before: k8s.EnvVar | undefined, { secret, key, variable }: SecretReference): k8s.EnvVar {
  requireSubdomain(`the Secret of ${variable}`, secret);
  if (!SECRET_KEY.test(key)) throw badValue(`the Secret ${secret}`, `${JSON.stringify(key)} is no key of a Secret.`, 'Letters, digits, hyphens, underscores and dots.');
  const there = before?.valueFrom?.secretKeyRef;
  if (before !== undefined && (there?.name !== secret || there.key !== key)) {
    throw badValue(variable, `two values are to be read from this variable${there === undefined ? '' : `: ${there.name}/${there.key} and ${secret}/${key}`}.`, 'Give one of them another name: fromSecret(…, { variable }).');
  }
  return { name: variable, valueFrom: { secretKeyRef: { name: secret, key } } };
}
