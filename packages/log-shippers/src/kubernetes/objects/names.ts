import { createHash } from 'node:crypto';
import { PodscopeError } from '@podscope/core';
import { requireName } from '../../quantities/quantities.ts';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/**
 * A name of a workload, its Service and its pods' label: an RFC 1123 label, short enough that what is appended to it (`-0`, the
 * hash of a ReplicaSet and of a pod) still fits into 63 characters.
 *
 * @throws PodscopeError SHIPPER_BAD_NAME
 */
export function requireWorkloadName(where: string, name: string): string {
  requireName(where, name);
  if (name.length <= LONGEST_NAME) return name;
  throw badName(where, name, `At most ${LONGEST_NAME} characters: Kubernetes appends the hash of a ReplicaSet and of a pod, and 63 is the limit of a host name.`);
}

const LONGEST_NAME = 45;

/** A name of a Secret or a ConfigMap: an RFC 1123 subdomain. @throws PodscopeError SHIPPER_BAD_NAME */
export function requireSubdomain(where: string, name: string): string {
  if (SUBDOMAIN.test(name) && name.length <= 253) return name;
  throw badName(where, name, 'Up to 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both ends.');
}

/** Labels as Kubernetes takes them. @throws PodscopeError SHIPPER_BAD_NAME */
export function requireLabels(where: string, labels: Readonly<Record<string, string>>): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    requireKey(where, key);
    if (value !== '' && (!QUALIFIED.test(value) || value.length > 63)) throw badName(`${where}: ${key}`, value, 'Up to 63 letters, digits, hyphens, underscores and dots, with a letter or digit at both ends.');
  }
  return { ...labels };
}

/** Annotations as Kubernetes takes them: their keys are restricted, their values are not. @throws PodscopeError SHIPPER_BAD_NAME */
export function requireAnnotations(where: string, annotations: Readonly<Record<string, string>>): Record<string, string> {
  for (const key of Object.keys(annotations)) requireKey(where, key);
  return { ...annotations };
}

function requireKey(where: string, key: string): void {
  const [prefix, name] = key.includes('/') ? [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)] : [undefined, key];
  if (prefix !== undefined) requireSubdomain(where, prefix);
  if (!QUALIFIED.test(name) || name.length > 63) throw badName(where, key, 'Up to 63 letters, digits, hyphens, underscores and dots, after a domain and a slash where it has one.');
}

/** The first characters of the SHA-256 of a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

function badName(where: string, name: string, hint: string): PodscopeError<'SHIPPER_BAD_NAME'> {
  return new PodscopeError('SHIPPER_BAD_NAME', `${where}: Kubernetes refuses the name ${JSON.stringify(name)}.`, { hint });
}
