import type { ReadFile } from './readFolder.ts';
import { recognise, type Recognised } from './recognise.ts';

/** One resource of a file. */
export interface Found extends Recognised {
  /** `<file>`, or `<file>#<name>` where the file has several. */
  readonly file: string;
  /** Rules that reading the file took. */
  readonly read: readonly string[];
}

/** Everything in the files that was recognised, and one entry for each file of which nothing was. */
export function resourcesOf(files: readonly ReadFile[]): readonly Found[] {
  return files.flatMap(({ file, documents, placeholders = [], broken }) => {
    if (broken !== undefined) return [];
    const read = placeholders.length > 0 ? ['placeholder-left-out'] : [];
    const inFile = documents.flatMap(recognise);
    const known = inFile.filter(({ kind }) => kind !== 'unknown');
    const [first] = inFile;
    // A list of fields, a folder's manifest: one reason says it all.
    if (known.length === 0) return [{ kind: 'unknown' as const, body: {}, why: first?.why ?? 'is empty', file, read }];
    // What defines nothing beside what does, such as a search in a file of requests, is no resource.
    const kept = inFile.filter(({ kind, why }) => kind !== 'unknown' || !/^is a request/u.test(why ?? ''));
    return kept.map((each, position) => ({ ...each, file: kept.length === 1 ? file : `${file}#${each.name ?? position + 1}`, read }));
  });
}
