import { createHash } from 'node:crypto';
import type { KubeObject } from '../objects.ts';

/** JSON as it is in a state. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Fields = Readonly<Record<string, Json>>;

/** Annotations that controllers write about their own work: revisions, bookkeeping, heartbeats. */
const OF_CONTROLLERS = /^(?:deployment\.kubernetes\.io\/|deprecated\.daemonset\.template\.generation$|control-plane\.alpha\.kubernetes\.io\/leader$|node\.alpha\.kubernetes\.io\/ttl$|apf\.kubernetes\.io\/)/;

/** Labels and selectors by which a Job finds its pods: made of its uid, anew for each. */
const OF_A_UID = /^(?:batch\.kubernetes\.io\/)?controller-uid$/;

/** Taints that the node controller sets for what it hears of a node, and takes away by itself. `unschedulable` is not among them: a cordon sets it. */
const OF_CONDITIONS = /^node\.kubernetes\.io\/(?:not-ready|unreachable|memory-pressure|disk-pressure|pid-pressure|network-unavailable)$/;

const without = (fields: Fields, drop: (key: string) => boolean): Fields => Object.fromEntries(Object.entries(fields).filter(([key]) => !drop(key)));

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes the values of a tree from its leaves up; undefined leaves a value out. */
function changed(value: Json, change: (value: Json, key: string) => Json | undefined, key = ''): Json | undefined {
  if (Array.isArray(value)) return change(value.map((each: Json) => changed(each, change)).filter((each) => each !== undefined), key);
  if (!isFields(value)) return change(value, key);
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const kept = changed(each, change, name);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return change(Object.fromEntries(entries), key);
}

const digest = (value: Json): string => `sha256:${createHash('sha256').update(canonicalText(value)).digest('hex')}`;

/** The same text for the same content, in whatever order its fields came. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`).join(',')}}`;
}

function canonicalMetadata({ name, namespace, labels, annotations, finalizers, ownerReferences, deletionTimestamp }: Fields): Fields {
  const kept = {
    labels: isFields(labels) ? without(labels, (key) => OF_A_UID.test(key)) : {},
    annotations: isFields(annotations) ? without(annotations, (key) => OF_CONTROLLERS.test(key)) : {},
  };
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...kept,
    ...(finalizers === undefined ? {} : { finalizers }),
    ...(ownerReferences === undefined ? {} : { ownerReferences: changed(ownerReferences, (value, key) => (key === 'uid' ? undefined : value)) ?? [] }),
    ...(deletionTimestamp === undefined ? {} : { deleting: true }),
  };
}

/** What one kind has beside the rest that its user did not decide. */
const BY_KIND: Readonly<Record<string, (fields: Fields) => Fields>> = {
  Job: (fields) => changed(fields, (value) => (isFields(value) ? without(value, (key) => OF_A_UID.test(key)) : value)) as Fields,
  Node: ({ spec, ...fields }) => ({
    ...fields,
    spec: changed(spec ?? {}, (value, key) => {
      if (key !== 'taints' || !Array.isArray(value)) return value;
      const taints = value.filter((taint: Json) => !(isFields(taint) && OF_CONDITIONS.test(String(taint['key'])))).map((taint: Json) => (isFields(taint) ? without(taint, (name) => name === 'timeAdded') : taint));
      return taints.length === 0 ? undefined : taints;
    }) ?? {},
  }),
  PersistentVolume: (fields) => changed(fields, (value, key) => (key === 'claimRef' && isFields(value) ? without(value, (name) => name === 'uid' || name === 'resourceVersion') : value)) as Fields,
  // Where it runs and what its token's volume is called is decided anew for each pod.
  Pod: (fields) => changed(fields, (value, key) => (key === 'nodeName' ? undefined : typeof value === 'string' ? value.replace(/^kube-api-access-\w{5}$/, 'kube-api-access') : value)) as Fields,
  // A value can be compared without being shown.
  Secret: ({ data = {}, ...fields }) => ({
    ...fields,
    ...(fields['type'] === 'kubernetes.io/service-account-token' ? {} : { data: Object.fromEntries(Object.entries(data as Fields).map(([key, value]) => [key, digest(value)])) }),
  }),
  ServiceAccount: (fields) => without(fields, (key) => key === 'secrets'),
};

/** An object as far as its user decided it: without status, and without what the server and its controllers keep on it for themselves. */
export function canonical(object: KubeObject): Fields {
  const { apiVersion, kind, metadata, status: _status, ...rest } = object as unknown as Fields & { readonly metadata: Fields };
  // A binding of a group in another version is the same object.
  const group = String(apiVersion).includes('/') ? String(apiVersion).replace(/\/.*/, '') : '';
  return { group, kind: kind ?? '', metadata: canonicalMetadata(metadata), ...(BY_KIND[String(kind)]?.(rest) ?? rest) };
}
