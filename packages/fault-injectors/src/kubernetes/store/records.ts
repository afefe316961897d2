import { isPodscopeError } from '@podscope/core';
import type { FaultRecord, StoredFault, StoreStep } from '../../engine/types.ts';
import type { KubernetesApi, KubernetesObject } from '../api/types.ts';
import { pack, type Packed, PART_BYTES, unpack } from './beforeState.ts';
import { FAULT_LABEL, labelsOf, PART_LABEL, partRef, recordRef } from './names.ts';

/** A record without its state from before, and where that is. */
interface Head extends Omit<FaultRecord, 'before'> {
  readonly packed: { readonly compressed: boolean; readonly sha256: string; /** In Secrets of their own; 0: beside the head. */ readonly parts: number };
}

/** A head as it was read, for a write that nobody else's may come before. */
export interface Seen {
  readonly head: Head;
  readonly resourceVersion: string;
}

/** Beside the head, a Secret has room for so much more. */
const BESIDE_BYTES = PART_BYTES / 2;
const OWNED_BY = { apiVersion: 'v1', kind: 'Secret' } as const;

function base64(text: string | Buffer): string {
  return Buffer.from(text as string).toString('base64');
}

function dataOf(object: KubernetesObject): Readonly<Record<string, string>> {
  return (object['data'] as Readonly<Record<string, string>> | undefined) ?? {};
}

/** The records of a cluster's store: a Secret each, and more of them where a state from before is large. */
export class Records {
  readonly #api: KubernetesApi;
  readonly #namespace: string;

  constructor(api: KubernetesApi, namespace: string) {
    this.#api = api;
    this.#namespace = namespace;
  }

  /** Returns when all of it is there. The record's own Secret comes first: those beside it go with it. */
  async create({ before, ...rest }: FaultRecord, step: StoreStep): Promise<void> {
    const packed = await pack(before);
    const [first = Buffer.alloc(0)] = packed.parts;
    const isBeside = packed.parts.length <= 1 && first.length <= BESIDE_BYTES;
    const head: Head = { ...rest, packed: { compressed: packed.compressed, sha256: packed.sha256, parts: isBeside ? 0 : packed.parts.length } };
    const { apiVersion, kind, name } = recordRef(this.#namespace, rest.id);
    const { object } = await step('keep the record', () =>
      this.#api.create({
        apiVersion,
        kind,
        metadata: { name, namespace: this.#namespace, labels: labelsOf(rest.id, 'record') },
        type: 'podscope.dev/fault',
        data: { head: base64(JSON.stringify(head)), ...(isBeside ? { before: base64(first) } : {}) },
      }),
    );
    if (isBeside) return;
    const ownerReferences = [{ ...OWNED_BY, name, uid: object.metadata.uid }];
    for (const [index, bytes] of packed.parts.entries()) {
      const part = partRef(this.#namespace, rest.id, index + 1);
      const metadata = { name: part.name, namespace: this.#namespace, labels: labelsOf(rest.id, 'before'), ownerReferences };
      await step(`keep part ${index + 1}`, () => this.#api.create({ apiVersion, kind, metadata, type: 'podscope.dev/fault', immutable: true, data: { before: base64(bytes) } }));
    }
  }

  async see(id: string): Promise<Seen | undefined> {
    const object = await this.#api.read(recordRef(this.#namespace, id));
    return object && seenIn(object);
  }

  /** Writes a head over the one that was seen. `changed`: somebody else was quicker. `gone`: there is none any more. */
  async write({ head, resourceVersion }: Seen, { before: _kept, ...rest }: FaultRecord): Promise<Seen | 'changed' | 'gone'> {
    const next: Head = { ...rest, packed: head.packed };
    try {
      const patch = { metadata: { resourceVersion }, data: { head: base64(JSON.stringify(next)) } };
      const { object } = await this.#api.patch(recordRef(this.#namespace, head.id), patch);
      return { head: next, resourceVersion: object.metadata.resourceVersion ?? '' };
    } catch (error) {
      if (isPodscopeError(error, 'KUBE_CONFLICT')) return 'changed';
      if (isPodscopeError(error, 'KUBE_NOT_FOUND')) return 'gone';
      throw error;
    }
  }

  /** The whole record; a reason when its state from before is not to be had. */
  async whole(id: string): Promise<StoredFault | undefined> {
    const object = await this.#api.read(recordRef(this.#namespace, id));
    return object && (await this.#wholeOf(id, object));
  }

  async list(): Promise<readonly StoredFault[]> {
    const objects = await this.#api.list({ apiVersion: 'v1', kind: 'Secret', namespace: this.#namespace, labelSelector: `${PART_LABEL}=record` });
    return await Promise.all(objects.map((object) => this.#wholeOf(object.metadata.labels?.[FAULT_LABEL] ?? object.metadata.name, object)));
  }

  /** The ids of all records. */
  async ids(): Promise<ReadonlySet<string>> {
    return new Set(await this.#api.list({ apiVersion: 'v1', kind: 'Secret', namespace: this.#namespace, labelSelector: `${PART_LABEL}=record` }, ({ metadata }) => metadata.labels?.[FAULT_LABEL] ?? ''));
  }

  /** False when there is none. Parts go with it, by Kubernetes' garbage collection. */
  async remove(id: string): Promise<boolean> {
    return await this.#api.remove(recordRef(this.#namespace, id), { propagation: 'Background' });
  }

  async #wholeOf(id: string, object: KubernetesObject): Promise<StoredFault> {
    const seen = seenIn(object);
    if (seen?.head.id !== id) return { id, record: null, reason: `The Secret ${object.metadata.name} is no record of this version.` };
    const { packed, ...rest } = seen.head;
    // Its parts may be on their way, and nothing is changed before they are there.
    if (rest.state === 'planned' && packed.parts > 0) return { id, record: { ...rest, before: await this.#before(object, id, packed) ?? null } };
    const before = await this.#before(object, id, packed);
    if (before === undefined) return { id, record: null, reason: 'A part of its state from before is missing, or was changed.' };
    return { id, record: { ...rest, before } };
  }

  async #before(object: KubernetesObject, id: string, { compressed, sha256, parts }: Head['packed']): Promise<unknown> {
    const objects = parts === 0 ? [object] : await Promise.all(Array.from({ length: parts }, (_, index) => this.#api.read(partRef(this.#namespace, id, index + 1))));
    const bytes = objects.map((each) => (each === undefined ? undefined : dataOf(each)['before']));
    if (bytes.includes(undefined)) return undefined;
    const whole: Packed = { compressed, sha256, parts: bytes.map((text) => Buffer.from(text ?? '', 'base64')) };
    return await unpack(whole).catch(() => undefined);
  }
}

function seenIn(object: KubernetesObject): Seen | undefined {
  try {
    const head = JSON.parse(Buffer.from(dataOf(object)['head'] ?? '', 'base64').toString('utf8')) as Head;
    return head.version === 1 ? { head, resourceVersion: object.metadata.resourceVersion ?? '' } : undefined;
  } catch {
    return undefined;
  }
}
