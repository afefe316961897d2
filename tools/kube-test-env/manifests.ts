import { LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { PodscopeError } from '../../packages/core/src/index.ts';
import { isKubeObject, type KubeObject } from './objects.ts';

/**
 * kubectl reads YAML 1.1, in which `yes` is true and `0644` a number in octal, but neither times nor base 60 (go.yaml.in/yaml/v2, resolve.go).
 */
const asKubectl = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || !(('format' in tag && tag.format === 'TIME') || tag.tag === 'tag:yaml.org,2002:timestamp'));

/** More than any manifest has; an alias bomb has more. */
const MAX_ALIASES = 100;

/**
 * The objects of a YAML text with any number of documents; lists (`kind: List`) are taken apart, empty documents left out.
 *
 * @param file Where the text comes from, for messages.
 * @throws PodscopeError `KUBE_MANIFEST_INVALID` with file and line.
 */
export function parseManifests(text: string, file: string): KubeObject[] {
  const lines = new LineCounter();
  return parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, version: '1.1', customTags: asKubectl }).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw invalid(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`, error);
    const line = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (cause) {
      throw invalid(`${file}:${line}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
    }
    if (value === null || value === undefined) return [];
    const items = isList(value) ? value.items : [value];
    return items.map((item) => {
      if (isKubeObject(item)) return item;
      throw invalid(`${file}:${line}: a document is no object of Kubernetes: it needs apiVersion, kind and metadata`);
    });
  });
}

function invalid(message: string, cause?: unknown): PodscopeError {
  return new PodscopeError('KUBE_MANIFEST_INVALID', message, { hint: 'Correct the file, or the construct that it was made from.', cause });
}

function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'kind' in value && /List$/.test(String(value.kind)) && 'items' in value && Array.isArray(value.items);
}

/** What others of the same set refer to comes first. */
const FIRST = ['CustomResourceDefinition', 'Namespace', 'PriorityClass', 'StorageClass', 'ResourceQuota', 'LimitRange', 'ServiceAccount', 'ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding', 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'Service'];

/** The objects in an order in which each can be applied after those before it; otherwise as they came. */
export function inDependencyOrder(objects: readonly KubeObject[]): KubeObject[] {
  const rank = ({ kind }: KubeObject): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  return objects.toSorted((one, other) => rank(one) - rank(other));
}
