import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JsonObject } from '@podscope/index-manager';
import { LineCounter, parseDocument } from 'yaml';
import { usageError } from '../usageError.ts';

/** The object in a file of JSON or YAML that an option names. @throws CLI_USAGE with the line that is wrong */
export async function readInputFile(path: string, option: string): Promise<JsonObject> {
  const file = resolve(path);
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw usageError(`${file} can't be read: ${error.message}.`, `Check the path after ${option}.`);
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [problem] = document.errors;
  if (problem !== undefined) throw usageError(`${file}:${lines.linePos(problem.pos[0]).line} is neither JSON nor YAML: ${problem.message.replace(/\.$/, '')}.`, 'Correct the line that is named.');
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw usageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`, 'Write out what its aliases stand for.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw usageError(`${file} holds no object.`, `Write what ${option} is for into it.`);
  return value as JsonObject;
}

/** The member of that name, if it is an object, or the whole: what a server answers can be used as it is. */
export function inner(object: JsonObject, member: string): JsonObject {
  const value = object[member];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : object;
}
