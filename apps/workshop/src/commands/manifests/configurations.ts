import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMap, isScalar, LineCounter, parseAllDocuments, type Scalar, type YAMLMap } from 'yaml';
import { usageError } from '../usageError.ts';

/** The text of one configuration. */
export interface Configuration {
  /** The file that it stands in. */
  readonly file: string;
  /** Its own name: the file's, or the key's in a ConfigMap. */
  readonly name: string;
  /** The ConfigMap, where it stands in one: configurations of one refer to each other. */
  readonly configMap?: string;
  /** What is to be added to a line of the text to have the line of the file. */
  readonly lineOffset: number;
  readonly text: string;
}

const SHIPPED = /\.(?:conf|ya?ml|json)$/i;
const MOST_BYTES = 8 * 1024 * 1024;

/** The configurations in files and folders. Of Kubernetes manifests, what their ConfigMaps hold. @throws CLI_USAGE for a path that can't be read */
export async function readConfigurations(paths: readonly string[]): Promise<readonly Configuration[]> {
  const found: Configuration[] = [];
  for (const path of paths) for (const file of await filesAt(path)) found.push(...configurationsIn(file, await textOf(file)));
  return found;
}

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw usageError(`${file} has ${size} bytes; no configuration of a shipper is that large.`, 'Name the configuration itself.');
  return readFile(file, 'utf8');
}

async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`${path} can't be read: ${error.code === 'ENOENT' ? 'there is nothing of that name' : error.message}.`, 'Name configurations, manifests, or folders of them.');
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && SHIPPED.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).toSorted();
  if (files.length === 0) throw usageError(`The folder ${path} holds no file that ends in .conf, .yaml, .yml or .json.`, 'Name another folder, or the files themselves.');
  return files;
}

/** @internal */
export function configurationsIn(file: string, text: string): readonly Configuration[] {
  const own: Configuration = { file, name: basename(file), lineOffset: 0, text };
  if (!/^\s*["']?apiVersion["']?\s*:/m.test(text) && !/"apiVersion"/.test(text)) return [own];
  const lines = new LineCounter();
  const documents = [parseAllDocuments(text, { lineCounter: lines })].flat();
  const objects = documents.flatMap((document) => (isMap(document.contents) ? [document.contents as YAMLMap] : []));
  if (!objects.some((object) => object.has('apiVersion') && object.has('kind'))) return [own];
  return objects.flatMap(itemsOf).filter((object) => object.get('kind') === 'ConfigMap').flatMap((object) => {
    const data = object.get('data');
    if (!isMap(data)) return [];
    const configMap = String(object.getIn(['metadata', 'name']) ?? '');
    return data.items.flatMap(({ key, value }): readonly Configuration[] => {
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') return [];
      return [{ file, name: String(key.value), configMap, lineOffset: offsetOf(value, lines), text: value.value }];
    });
  });
}

/** A `List` is its items. */
function itemsOf(object: YAMLMap): readonly YAMLMap[] {
  const items = object.get('items');
  if (object.get('kind') !== 'List' || items === null || typeof items !== 'object' || !('items' in items)) return [object];
  return (items.items as readonly unknown[]).filter((each): each is YAMLMap => isMap(each));
}

/** A block begins on the line after its `|`; the lines of another kind of scalar can't be told. */
function offsetOf(value: Scalar, lines: LineCounter): number {
  const start = lines.linePos(value.range?.[0] ?? 0).line;
  return value.type === 'BLOCK_LITERAL' ? start : start - 1;
}
