import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { targetFolder, writeWhole } from '../connection/confirmed.ts';
import type { TargetOptions } from '../options.ts';

/** What the last `up` was about: how it is found again, and what it made outside of the cluster. Holds no secret. */
export interface TargetRecord {
  readonly version: 1;
  readonly context: string;
  readonly server: string;
  /** The absolute path of the kubeconfig that was named. */
  readonly kubeconfig: string | undefined;
  /** When `up` began, ISO 8601. */
  readonly at: string;
  readonly options: TargetOptions;
  /** Namespaces that were there before, which `down` leaves. */
  readonly foundNamespaces: readonly string[];
  /** Made on a server that was there before: the user of the shippers, and what the setup put in place. */
  readonly onServer: { readonly user: boolean; readonly setup: boolean };
}

const FILE = 'target.json';
/** The ConfigMap with the same, for other machines. */
export const RECORD_MAP = 'podscope-target';

/** The record of the run directory, or undefined. @throws PodscopeError LEDGER_UNREADABLE */
export function readRecord(runDir: string): TargetRecord | undefined {
  const path = join(targetFolder(runDir), FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  }
  return parse(text, path);
}

/** The same; a record that can't be read is nobody's where a flag says which context is meant. @throws PodscopeError LEDGER_UNREADABLE where none does */
export function readRecordFor(runDir: string, context: string | undefined): TargetRecord | undefined {
  try {
    return readRecord(runDir);
  } catch (error) {
    if (context !== undefined && isPodscopeError(error, 'LEDGER_UNREADABLE')) return undefined;
    throw error;
  }
}

/** Writes the record before what it records is made. @throws PodscopeError DIRECTORY_UNUSABLE, NO_DISK_SPACE */
export function writeRecord(runDir: string, record: TargetRecord): void {
  writeWhole(runDir, FILE, record);
}

/** When nothing is left. */
export function removeRecord(runDir: string): void {
  rmSync(join(targetFolder(runDir), FILE), { force: true });
}

/** The record as an object of the ApplySet. */
export function recordObject({ kubeconfig: _kubeconfig, ...record }: TargetRecord): ObjectToWrite {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: RECORD_MAP, namespace: record.options.namespaces.logging, labels: { 'app.kubernetes.io/part-of': 'podscope' } },
    // Without what differs from one `up` to the next: the same manifests change nothing.
    data: { 'target.json': JSON.stringify({ ...record, at: '', context: '', server: '' }) },
  };
}

/** The record that an `up` of another machine left in the cluster; none for who may not read it. @throws PodscopeError LEDGER_UNREADABLE; what the API throws */
export async function readRecordInCluster(api: KubernetesApi, namespace: string): Promise<TargetRecord | undefined> {
  const object = await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: RECORD_MAP }).catch((error: unknown) => {
    if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return undefined;
    throw error;
  });
  const text = (object?.['data'] as Readonly<Record<string, string>> | undefined)?.['target.json'];
  if (text === undefined) return undefined;
  return { ...parse(text, `ConfigMap ${namespace}/${RECORD_MAP}`), context: api.context, server: api.server, kubeconfig: undefined };
}

function parse(text: string, path: string): TargetRecord {
  try {
    const record: unknown = JSON.parse(text);
    if (!isRecord(record)) throw new TypeError('no record of this version');
    return record;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it has what commands go by: in the cluster, others can write it, too. */
function isRecord(value: unknown): value is TargetRecord {
  if (!isMap(value) || value['version'] !== 1) return false;
  const { context, server, options, foundNamespaces, onServer } = value;
  if (typeof context !== 'string' || typeof server !== 'string' || !Array.isArray(foundNamespaces) || !isMap(onServer) || !isMap(options)) return false;
  const { namespaces, opensearch, pattern, guestbook, dashboards } = options;
  if (!isMap(namespaces) || !isMap(opensearch)) return false;
  const texts = [pattern, guestbook, ...(['logging', 'agents', 'guestbook', 'opensearch'] as const).map((name) => namespaces[name]), ...(opensearch['how'] === 'url' ? [opensearch['url'], opensearch['engine']] : [opensearch['storage']])];
  return texts.every((text) => typeof text === 'string' && text !== '') && ['url', 'built-in', 'operator'].includes(String(opensearch['how'])) && typeof dashboards === 'boolean';
}

function unreadable(path: string, cause: unknown): PodscopeError<'LEDGER_UNREADABLE'> {
  return new PodscopeError('LEDGER_UNREADABLE', `The record of the Kubernetes target in ${path} cannot be read.`, {
    hint: 'Name the target by flags: --target kubernetes --context … --namespace …, or remove the file.',
    cause,
  });
}
