import { type ReadEntry, type ReadObject, type ReadProblem, SavedObjectReader } from './reader.ts';

/** Options of {@link readSavedObjects} and {@link readSavedObjectStream}. */
export interface ReadOptions {
  /** Names the text in problems; an object that says no id, in a file of its own, gets the file's name for one. */
  readonly file?: string;
}

/** What a text held. */
export interface ReadResult {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly ReadProblem[];
}

/**
 * Reads saved objects of any product and age: an export with an object a line, an object or a list of them, Beats'
 * `{ "objects": [...] }`, exports before 7.0 with `_id`, `_type` and `_source`, documents and archives of the index
 * `.kibana`, and files that hold nothing but attributes; with inner JSON as text or as JSON. Never throws for what a text
 * holds: what is no saved object is in `problems`, with its line, and the others are read all the same.
 */
export function readSavedObjects(text: string, { file }: ReadOptions = {}): ReadResult {
  const reader = new SavedObjectReader(file);
  const entries = [...reader.push(text), ...reader.end()];
  return { objects: entries.filter((entry) => 'object' in entry), problems: entries.filter((entry) => 'what' in entry) };
}

/**
 * As {@link readSavedObjects}, from a stream, such as `createReadStream(file)`. Of an export with an object a line no more
 * than a line is held at a time. Errors of the stream itself are thrown.
 */
export async function* readSavedObjectStream(source: AsyncIterable<Uint8Array | string>, { file }: ReadOptions = {}): AsyncGenerator<ReadEntry> {
  const reader = new SavedObjectReader(file);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string | undefined => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      return undefined;
    }
  };
  for await (const part of source) {
    const text = typeof part === 'string' ? part : decode(part);
    if (text === undefined) {
      yield* reader.fail('not UTF-8 text from here on');
      return;
    }
    yield* reader.push(text);
  }
  const rest = decode();
  if (rest === undefined) yield* reader.fail('it ends within a UTF-8 character');
  else {
    yield* reader.push(rest);
    yield* reader.end();
  }
}
