import { setTimeout as sleep } from 'node:timers/promises';
import { linesOf } from './lines.ts';
import { pagesOf, selectionText, selectors, type ReadContext } from './list.ts';
import type { KubernetesObject, Selection, WatchEvent, WatchOptions } from './types.ts';

/** After this time the server ends a watch by itself, and it is opened anew where it stood; client-go asks for 5 to 10 minutes, too. */
const WATCH_SECONDS = 300;
/** Between two watches that ended without a word: a server that keeps closing them is not asked without a pause. */
const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** What is kept of each object, so that after a gap it can be told what changed. */
interface Known<Item> {
  readonly uid: string | undefined;
  readonly version: string | undefined;
  readonly item: Item;
}

interface Line {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject & { readonly code?: number; readonly message?: string };
}

const keyOf = ({ metadata: { namespace = '', name } }: KubernetesObject): string => `${namespace}/${name}`;

/** Tells of a change what is new in it against what is known. */
function* changes<Item>(known: Map<string, Known<Item>>, object: KubernetesObject, project: (object: KubernetesObject) => Item): Generator<WatchEvent<Item>> {
  const key = keyOf(object);
  const { uid, resourceVersion: version } = object.metadata;
  const before = known.get(key);
  if (before !== undefined && before.uid === uid && before.version === version) return;
  const item = project(object);
  // Deleted and made anew by the same name while nobody looked.
  if (before !== undefined && before.uid !== uid) yield { type: 'deleted', object: before.item };
  known.set(key, { uid, version, item });
  yield { type: before !== undefined && before.uid === uid ? 'modified' : 'added', object: item };
}

/**
 * Lists, then watches with bookmarks. A closed connection is opened again where it stood; when that version is gone (410), or the server
 * restarted with less than it had, the list is read again and the differences are told, with what was deleted in between.
 */
export async function* watchAll<Item>(context: ReadContext, selection: Selection, { project = (object) => object as Item, signal }: WatchOptions<Item>): AsyncGenerator<WatchEvent<Item>, void, void> {
  const known = new Map<string, Known<Item>>();
  let version: string | undefined;
  let told = false;
  let pause = PAUSE_MS;
  try {
    while (!signal.aborted) {
      if (version === undefined) {
        let seen = new Set<string>();
        for await (const { items, resourceVersion, again } of pagesOf(context, selection, signal)) {
          if (again) seen = new Set();
          for (const object of items) {
            seen.add(keyOf(object));
            yield* changes(known, object, project);
          }
          version = resourceVersion;
        }
        for (const [key, { item }] of known) {
          if (seen.has(key)) continue;
          known.delete(key);
          yield { type: 'deleted', object: item };
        }
        if (!told) yield { type: 'initial' };
        told = true;
      }
      const query = { ...selectors(selection), watch: 'true', allowWatchBookmarks: 'true', timeoutSeconds: String(WATCH_SECONDS), ...(version === undefined ? {} : { resourceVersion: version }) };
      const path = await context.resources.collection(selection, selection.namespace);
      const opened = await context.sender.open({ path, query, signal });
      if (!('stream' in opened)) {
        if (opened.status !== 410) throw context.fail(selectionText(selection), opened);
        version = undefined;
        continue;
      }
      let heard = false;
      try {
        for await (const text of linesOf(opened.stream)) {
          const { type, object } = JSON.parse(text) as Line;
          if (type === 'ERROR') {
            // 410 Gone, and whatever else the server could not go on with (500 when etcd is away): the list says what is so.
            version = undefined;
            break;
          }
          heard = true;
          version = object.metadata.resourceVersion ?? version;
          if (type === 'BOOKMARK') continue;
          if (type !== 'DELETED') {
            yield* changes(known, object, project);
          } else if (known.delete(keyOf(object))) {
            yield { type: 'deleted', object: project(object) };
          }
        }
      } catch (error) {
        // The connection was cut; a line that was cut with it is no JSON. What the consumer or `project` throws passes through.
        if (!isCut(error)) throw error;
      } finally {
        opened.stream.destroy();
      }
      pause = heard ? PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      await sleep(pause, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const isCut = (error: unknown): boolean => error instanceof SyntaxError || (error instanceof Error && 'code' in error && ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE', 'ETIMEDOUT', 'ABORT_ERR'].includes(String(error.code))) || (error instanceof Error && error.message === 'aborted');
