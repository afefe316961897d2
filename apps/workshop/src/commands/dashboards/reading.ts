import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { type ReadObject, type ReadProblem, readSavedObjectStream } from '@podscope/saved-objects';
import { usageError } from '../usageError.ts';

/** Everything in the files that a command names. */
export interface Reading {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly ReadProblem[];
}

const EXPORT = /\.(?:nd)?json$/iu;

/** Reads files, and of folders all that end in `.json` or `.ndjson`. @throws CLI_USAGE for a path that can't be read */
export async function readAll(paths: readonly string[]): Promise<Reading> {
  const objects: ReadObject[] = [];
  const problems: ReadProblem[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      const before = objects.length + problems.length;
      for await (const entry of readSavedObjectStream(createReadStream(file), { file })) {
        if ('object' in entry) objects.push(entry);
        else problems.push(entry);
      }
      if (objects.length + problems.length === before) problems.push({ place: { file, line: 1 }, what: 'there is no saved object in it' });
    }
  }
  return { objects, problems };
}

async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`${path} can't be read: ${error.code === 'ENOENT' ? 'there is nothing of that name' : error.message}.`, 'Name exported files, or folders of them.');
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && EXPORT.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
  if (files.length === 0) throw usageError(`The folder ${path} holds no file that ends in .ndjson or .json.`, 'Name another folder, or the files themselves.');
  return files;
}

/** A problem in one line. */
export function shownProblem({ place: { file, line, column }, what }: ReadProblem): string {
  return `${file ?? ''}:${line}${column === undefined ? '' : `:${column}`}: ${what}`;
}

/** Where anything could not be read, nothing is made of the rest. @throws PodscopeError SAVED_OBJECT_UNREADABLE */
export function requireReadable({ problems }: Reading): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new PodscopeError('SAVED_OBJECT_UNREADABLE', `${shownProblem(first)}${problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`}.`, {
    hint: 'Correct or take away what is named; nothing was written.',
    details: problems.slice(1, 20).map(shownProblem),
  });
}
