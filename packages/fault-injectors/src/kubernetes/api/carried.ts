import type { KubernetesObject, ObjectToWrite } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether all that `wanted` says is so in `there`, which may say more (defaults of the server). Of lists, the length must be the same. */
export function holds(wanted: unknown, there: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(there) && there.length === wanted.length && wanted.every((item, index) => holds(item, there[index]));
  if (isFields(wanted)) return isFields(there) && Object.entries(wanted).every(([key, value]) => value === undefined || (value === null ? (there[key] ?? null) === null : holds(value, there[key])));
  return wanted === there;
}

/** What a write cannot fix: the server sets it, or it was the guard of the write. */
const SET_BY_SERVER = ['resourceVersion', 'uid', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];

/** Whether an object is as it was to be written, for a write whose answer was lost. */
export function isWritten(wanted: ObjectToWrite, there: KubernetesObject): boolean {
  const { status: _status, metadata, ...rest } = wanted as ObjectToWrite & { readonly status?: unknown };
  const own = Object.fromEntries(Object.entries(metadata).filter(([key]) => !SET_BY_SERVER.includes(key)));
  const same = metadata['uid'] === undefined || metadata['uid'] === there.metadata.uid;
  // Of a Secret's `stringData` the server keeps the base64 in `data` only.
  const { stringData, ...content } = rest as Fields;
  const encoded = isFields(stringData) ? Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value), 'utf8').toString('base64')])) : {};
  return same && holds(content, there) && holds(own, there.metadata) && holds(encoded, there['data'] ?? {});
}

/** An operation of JSON Patch (RFC 6902). */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

const stepsOf = (pointer: string): string[] => pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function at(there: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((value, step) => (Array.isArray(value) ? value[Number(step)] : isFields(value) ? value[step] : undefined), there);
}

/** What a patch tests, or writes as it was read: the server refuses a write whose version has passed (409), however it comes by it. */
const VERSION = '/metadata/resourceVersion';

/** Whether a patch names a version, so that it can't be carried out twice; `uid` is enough for one that says the same twice. */
export function isGuarded(patch: readonly object[] | Readonly<Record<string, unknown>>): boolean {
  if (!Array.isArray(patch)) {
    const { metadata } = patch as { readonly metadata?: Fields };
    return metadata?.['resourceVersion'] !== undefined || metadata?.['uid'] !== undefined;
  }
  const operations = patch as readonly Operation[];
  const tests = (path: string): boolean => operations.some((operation) => operation.op === 'test' && operation.path === path);
  return operations.some(({ op, path }) => path === VERSION && (op === 'test' || op === 'replace')) || (tests('/metadata/uid') && operations.every(({ op, path }) => op === 'test' || (['add', 'replace', 'remove'].includes(op) && !/\/(?:-|\d+)$/.test(path))));
}

/** Whether an object is as a patch was to make it. False where that can't be told. */
export function isPatched(patch: readonly object[] | Readonly<Record<string, unknown>>, there: KubernetesObject): boolean {
  if (!Array.isArray(patch)) {
    const { metadata, ...rest } = patch as { readonly metadata?: Fields };
    const { resourceVersion: _version, ...own } = metadata ?? {};
    return holds({ ...rest, metadata: own }, there);
  }
  return (patch as readonly Operation[]).every(({ op, path, value }) => {
    if (path === VERSION) return true;
    if (op === 'test') return path !== '/metadata/uid' || at(there, path) === value;
    if (op === 'remove') return !/\/\d+$/.test(path) && at(there, path) === undefined;
    return (op === 'add' || op === 'replace') && !path.endsWith('/-') && holds(value, at(there, path));
  });
}
