import { open, readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { hasRequests, readRequests } from './consoleRequests.ts';
import { eachOf } from './eachOf.ts';
import { relaxedJson } from './relaxedJson.ts';

/** One file, as far as it could be read. */
export interface ReadFile {
  /** From the folder on, with `/`. */
  readonly file: string;
  /** The documents in it; a YAML or NDJSON file, and one of written requests, may have several. */
  readonly documents: readonly unknown[];
  /** Values that somebody's program still has to fill in, and that are left out. */
  readonly placeholders?: readonly string[];
  /** Why there are none. */
  readonly broken?: string;
}

/** What a folder holds. */
export interface ReadFolder {
  readonly files: readonly ReadFile[];
  /** Files of other kinds, which are left alone. */
  readonly others: readonly string[];
}

const JSON_FILES = new Set(['.json', '.jsonc', '.ndjson', '.mapping', '.template', '.policy', '.pipeline']);
const YAML_FILES = new Set(['.yaml', '.yml']);
const LARGEST = 32 * 1024 * 1024;
const FIRST_BYTES = 256;
/** A YAML document that unfolds into more than this is a bomb. */
const MOST_ALIASES = 100;

/** Reads every JSON and YAML file below a folder, and those of other names that begin like JSON or like a request. */
export async function readFolder(folder: string): Promise<ReadFolder> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((path) => !/(?:^|[\\/])(?:\.git|node_modules)[\\/]/u.test(path)).sort();
  const read = await eachOf(paths, (path) => readOne(path, relative(folder, path).replaceAll(sep, '/')));
  return { files: read.filter((each): each is ReadFile => typeof each !== 'string'), others: read.filter((each) => typeof each === 'string') };
}

/** The file's name alone when it is of another kind. */
async function readOne(path: string, file: string): Promise<ReadFile | string> {
  const extension = extname(path).toLowerCase();
  const named = JSON_FILES.has(extension) || YAML_FILES.has(extension);
  try {
    if (!named && !(await beginsLikeJson(path))) return file;
    const { size } = await stat(path);
    if (size > LARGEST) return named ? { file, documents: [], broken: `has ${size} bytes, more than ${LARGEST}` } : file;
    const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/u, '');
    return { file, ...(YAML_FILES.has(extension) ? { documents: yaml(text) } : json(text)) };
  } catch (error) {
    return named ? { file, documents: [], broken: reasonOf(error, await readFile(path, 'utf8').catch(() => '')) } : file;
  }
}

async function beginsLikeJson(path: string): Promise<boolean> {
  await using handle = await open(path);
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(FIRST_BYTES), length: FIRST_BYTES });
  const start = buffer.subarray(0, bytesRead).toString('utf8').replace(/^\uFEFF/u, '').trimStart();
  return start.startsWith('{') || start.startsWith('[') || hasRequests(start);
}

function json(text: string): Pick<ReadFile, 'documents' | 'placeholders'> {
  try {
    return { documents: [JSON.parse(text) as unknown] };
  } catch (error) {
    if (hasRequests(text)) return { documents: readRequests(text) };
    const lines = documentsOfLines(text);
    if (lines !== undefined) return { documents: lines };
    try {
      const { value, placeholders } = relaxedJson(text);
      return { documents: [value], placeholders };
    } catch {
      // The place in the text as it was written is the one that helps.
      throw error;
    }
  }
}

/** One document a line. */
function documentsOfLines(text: string): readonly unknown[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return undefined;
  try {
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}

function yaml(text: string): readonly unknown[] {
  return [...parseAllDocuments(text)].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  });
}

/** What other programs make JSON or YAML of. */
const SOURCES = /\{\{|\{%|<%|\$\{/u;

function reasonOf(error: unknown, text: string): string {
  const reason = error instanceof Error ? error.message.replaceAll(/\s+/gu, ' ') : String(error);
  if (text.trim() === '') return 'is empty';
  const line = text.split('\n').findIndex((each) => SOURCES.test(each));
  const [mark] = line === -1 ? [] : (SOURCES.exec(text.split('\n')[line] ?? '') ?? []);
  return mark === undefined ? reason : `is the source of a text that a program fills in (${mark} in line ${line + 1}): give what it makes of it; ${reason}`;
}
