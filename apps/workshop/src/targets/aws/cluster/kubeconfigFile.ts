import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import { Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { isOurUser, type KubeconfigDocument } from './kubeconfig.ts';

const LISTS = ['clusters', 'users', 'contexts'] as const;

/** How a kubeconfig is written. */
export interface WriteOptions {
  /** Makes the context the current one. @default only where the file has none */
  readonly current?: boolean;
}

/** What writing came to. */
export interface WrittenKubeconfig {
  readonly path: string;
  readonly context: string;
  /** True where the file was there before. */
  readonly merged: boolean;
  /** The file's current context afterwards. */
  readonly current: string;
}

/**
 * Writes a kubeconfig, or puts its entries into one that is there: other entries, their order and comments stay. Whole or not at all,
 * and never at the same time as another podscope or kubectl; only its owner may read it afterwards.
 *
 * @throws PodscopeError AWS_KUBECONFIG where the file is no kubeconfig, can't be written, or has an entry of that name by somebody else
 */
export async function writeKubeconfig(path: string, config: KubeconfigDocument, { current }: WriteOptions = {}): Promise<WrittenKubeconfig> {
  const target = await ledTo(path);
  return locked(target, path, () => writeInto(target, path, config, current));
}

async function writeInto(target: string, path: string, config: KubeconfigDocument, current: boolean | undefined): Promise<WrittenKubeconfig> {
  const text = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw problem(path, `can't be read (${error.code ?? error.message})`, 'Name another with --file.');
  });
  const context = config['current-context'];
  const document = text === undefined || text.trim() === '' ? new Document({ apiVersion: config.apiVersion, kind: config.kind }) : parsed(path, text);
  requireOurs(document, context, path);
  for (const list of LISTS) for (const entry of config[list]) put(document, list, entry);
  if (current ?? emptyText(document.get('current-context'))) document.set('current-context', context);
  await replace(target, path, document.toString({ lineWidth: 0 }));
  return { path, context, merged: text !== undefined, current: String(document.get('current-context') ?? '') };
}

/**
 * Takes a context of ours out of a kubeconfig. An entry of that name by somebody else stays.
 *
 * @returns false where there was nothing of ours
 * @throws PodscopeError AWS_KUBECONFIG
 */
export async function removeFromKubeconfig(path: string, context: string): Promise<boolean> {
  const target = await ledTo(path);
  if ((await readFile(target).catch(() => undefined)) === undefined) return false;
  return locked(target, path, () => removeFrom(target, path, context));
}

async function removeFrom(target: string, path: string, context: string): Promise<boolean> {
  const document = parsed(path, await readFile(target, 'utf8'));
  const user = find(document, 'users', context);
  if (user === undefined || !isOurUser(user.entry.toJSON()['user'])) return false;
  for (const list of LISTS) {
    const found = find(document, list, context);
    if (found !== undefined) found.items.delete(found.index);
  }
  if (document.get('current-context') === context) document.set('current-context', '');
  await replace(target, path, document.toString({ lineWidth: 0 }));
  return true;
}

const emptyText = (value: unknown): boolean => value === undefined || value === null || value === '';

function parsed(path: string, text: string): Document {
  const document = parseDocument(text, { logLevel: 'silent' });
  // The parser's message shows the lines around, which may hold a token.
  if (document.errors.length > 0 || !isMap(document.contents)) throw problem(path, 'is no kubeconfig', 'Name another with --file, or move that one away.');
  return document;
}

interface FoundEntry {
  readonly items: YAMLSeq;
  readonly index: number;
  readonly entry: YAMLMap;
}

function find(document: Document, list: string, name: string): FoundEntry | undefined {
  const items = document.get(list);
  if (!isSeq(items)) return undefined;
  const index = items.items.findIndex((item) => isMap(item) && item.get('name') === name);
  return index < 0 ? undefined : { items, index, entry: items.items[index] as YAMLMap };
}

/** @throws PodscopeError AWS_KUBECONFIG where a list is none, or something of that name is somebody else's */
function requireOurs(document: Document, name: string, path: string): void {
  for (const list of LISTS) {
    const there = document.get(list, true);
    if (there !== undefined && !isSeq(there) && !(isScalar(there) && there.value === null)) throw problem(path, `has ${list} that are no list`, 'Name another with --file, or move that one away.');
  }
  const user = find(document, 'users', name);
  if (user !== undefined && isOurUser(user.entry.toJSON()['user'])) return;
  if (LISTS.some((list) => find(document, list, name) !== undefined)) throw problem(path, `has an entry ${name} already that is not of podscope`, 'Give the context another name with --context, or another file with --file.');
}

function put(document: Document, list: (typeof LISTS)[number], entry: { readonly name: string }): void {
  if (!isSeq(document.get(list))) document.set(list, document.createNode([]));
  const found = find(document, list, entry.name);
  if (found === undefined) (document.get(list) as YAMLSeq).add(document.createNode(entry));
  else found.items.set(found.index, document.createNode(entry));
}

/** A link stays one; what it leads to is written, also where that isn't there yet. */
async function ledTo(path: string): Promise<string> {
  return realpath(path).catch(() => readlink(path).then((to) => resolve(dirname(path), to), () => path));
}

/** Between two looks at a lock, and how many there are. Nobody takes as long to write: what is that old was left by a program that was killed. */
const LOCK = { pauseMs: 50, looks: 400, oldMs: 10_000 } as const;

/** Alone, by the lock file that kubectl makes too (client-go, tools/clientcmd/config.go, `lockFile`). */
async function locked<Answer>(target: string, path: string, work: () => Promise<Answer>): Promise<Answer> {
  const lock = `${target}.lock`;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw problem(path, `can't be written (${error.code ?? error.message})`, 'Name another with --file.');
  });
  for (let looks = 1; ; looks += 1) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      break;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw problem(path, `can't be written (${code ?? String(error)})`, 'Name another with --file.');
      if (looks >= LOCK.looks) throw problem(path, 'is locked', `Another program writes to it. If none does, one was killed: remove ${lock}.`);
      const isOld = await stat(lock).then(({ mtimeMs }) => Date.now() - mtimeMs > LOCK.oldMs, () => false);
      if (isOld) await rm(lock, { force: true });
      else await pause(LOCK.pauseMs);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function replace(target: string, path: string, text: string): Promise<void> {
  const part = `${target}.${randomUUID()}.new`;
  try {
    await writeFile(part, text, { mode: 0o600, flag: 'wx' });
    await chmod(part, 0o600);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw problem(path, `can't be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`, 'Name another with --file.');
  }
}

function problem(path: string, what: string, hint: string): PodscopeError<'AWS_KUBECONFIG'> {
  return new PodscopeError('AWS_KUBECONFIG', `The kubeconfig ${path} ${what}.`, { hint });
}
