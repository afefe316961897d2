import type { PodscopeError } from '@podscope/core';
import type { Sender } from './repeat.ts';
import type { Resources } from './resources.ts';
import type { KubernetesObject, Selection } from './types.ts';

/** What lists and watches need. */
export interface ReadContext {
  readonly sender: Sender;
  readonly resources: Resources;
  fail(title: string, answer: { readonly status: number; readonly body: unknown }): PodscopeError;
}

/** As many as kubectl asks for at once. */
const PAGE = 500;
/** How often a list that expired on the way is begun anew. */
const RESTARTS = 3;

interface List {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly Omit<KubernetesObject, 'apiVersion' | 'kind'>[] | null;
}

/** Where a list stands. */
export interface Page {
  readonly items: readonly KubernetesObject[];
  /** The version that the whole list is of; a watch goes on from here. */
  readonly resourceVersion: string;
  /** The list had expired and begins anew: what came before does not count. */
  readonly again: boolean;
}

/** A selection for a reader: `pods of guestbook`. */
export function selectionText({ kind, namespace, labelSelector }: Selection): string {
  return `Every ${kind}${namespace === undefined ? '' : ` of namespace ${namespace}`}${labelSelector === undefined || labelSelector === '' ? '' : ` with ${labelSelector}`}`;
}

/** The query of a selection. */
export const selectors = ({ labelSelector, fieldSelector }: Selection): Record<string, string> => ({ ...(labelSelector ? { labelSelector } : {}), ...(fieldSelector ? { fieldSelector } : {}) });

/** A list page by page, so that thousands of objects are never held whole at once. */
export async function* pagesOf({ sender, resources, fail }: ReadContext, selection: Selection, signal?: AbortSignal): AsyncGenerator<Page, void, void> {
  const path = await resources.collection(selection, selection.namespace);
  let token: string | undefined;
  let again = false;
  let restarts = 0;
  for (;;) {
    const query = { ...selectors(selection), limit: String(PAGE), ...(token === undefined ? {} : { continue: token }) };
    const { status, body } = await sender.send({ path, query, signal }, { safe: true });
    if (status === 410 && token !== undefined) {
      // The version of the first page is gone: it is kept for some five minutes.
      restarts += 1;
      if (restarts > RESTARTS) throw fail(selectionText(selection), { status, body });
      token = undefined;
      again = true;
      continue;
    }
    if (status >= 300) throw fail(selectionText(selection), { status, body });
    const { metadata, items } = body as List;
    // The items of a list say neither version nor kind.
    yield { items: (items ?? []).map((item) => ({ apiVersion: selection.apiVersion, kind: selection.kind, ...item }) as KubernetesObject), resourceVersion: metadata.resourceVersion, again };
    again = false;
    token = metadata.continue === undefined || metadata.continue === '' ? undefined : metadata.continue;
    if (token === undefined) return;
  }
}

/** All that match; `project` keeps what is needed of each. */
export async function listAll<Item>(context: ReadContext, selection: Selection, project: (object: KubernetesObject) => Item): Promise<Item[]> {
  let found: Item[] = [];
  for await (const { items, again } of pagesOf(context, selection)) {
    if (again) found = [];
    for (const item of items) found.push(project(item));
  }
  return found;
}
