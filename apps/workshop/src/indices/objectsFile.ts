import { readFile } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import type { SavedObject } from '@podscope/dashboard-renderer';

/** More than any product exports: its own limit of an import is 26 MB. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Reads an export of OpenSearch Dashboards or Kibana: one JSON object a line.
 *
 * @throws PodscopeError OBJECT_FILE_INVALID with the line that can't be read.
 */
export async function readObjectsFile(path: string): Promise<readonly SavedObject[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw invalid(path, cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause);
  });
  if (text.length > LARGEST) throw invalid(path, `it has more than ${LARGEST / 1024 / 1024} MB`);
  return text.split('\n').flatMap((line, index): readonly SavedObject[] => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw invalid(path, `line ${index + 1} is no JSON`, cause);
    }
    return [objectIn(value, path, index + 1)].filter((object) => object !== undefined);
  });
}

/** The last line of an export counts; it is no object. */
function objectIn(value: unknown, path: string, line: number): SavedObject | undefined {
  if (typeof value !== 'object' || value === null) throw invalid(path, `line ${line} is no JSON object`);
  const { type, id, attributes, references = [], exportedCount } = value as Partial<SavedObject> & { readonly exportedCount?: number };
  if (exportedCount !== undefined) return undefined;
  if (typeof type !== 'string' || typeof id !== 'string' || typeof attributes !== 'object' || attributes === null || !Array.isArray(references)) {
    throw invalid(path, `line ${line} is no saved object with type, id and attributes`);
  }
  return { type, id, attributes, references };
}

function invalid(path: string, what: string, cause?: unknown): PodscopeError<'OBJECT_FILE_INVALID'> {
  return new PodscopeError('OBJECT_FILE_INVALID', `The saved objects of ${path} can't be read: ${what}.`, {
    hint: 'Pass an export of OpenSearch Dashboards or Kibana, a file that ends in .ndjson.',
    ...(cause === undefined ? {} : { cause }),
  });
}
