import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedObject } from '../../packages/dashboard-renderer/src/index.ts';

/** One request of a page, with the answer that it got. */
export interface RecordedRequest {
  readonly path: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

/** What a page of the product asked for one object. */
export interface Recording {
  readonly name: string;
  readonly kind: 'visualization' | 'dashboard';
  readonly from: string;
  readonly to: string;
  readonly object: SavedObject;
  readonly requests: readonly RecordedRequest[];
  readonly screenshot: string;
}

/** A folder of recordings. */
export interface Recordings {
  /** Index patterns, and every recorded object. */
  readonly objects: readonly SavedObject[];
  readonly recordings: readonly Recording[];
}

/** The searches of a page. */
export const SEARCH_PATH = '/internal/search/opensearch';
/** What a page asks for a TSVB panel. */
export const METRICS_PATH = '/api/metrics/vis/data';

/** Reads a folder of recordings; `more` are objects that dashboards point at and that were not opened alone. */
export function readRecordings(root: string, more: readonly SavedObject[] = []): Recordings {
  const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
  const recordings = (['visualization', 'dashboard'] as const).flatMap((kind) =>
    (existsSync(join(root, kind)) ? readdirSync(join(root, kind)) : []).sort().map((name): Recording => {
      const { from, to, requests } = read(kind, name, 'requests.json') as Pick<Recording, 'from' | 'to' | 'requests'>;
      return { name, kind, from, to, requests, object: read(kind, name, 'saved-object.json') as SavedObject, screenshot: join(root, kind, name, 'screenshot.png') };
    }),
  );
  const patterns = read('index-patterns.json') as readonly SavedObject[];
  const known = [...patterns, ...recordings.map(({ object }) => object)];
  const ids = new Set(known.map(({ type, id }) => `${type}:${id}`));
  return { objects: [...known, ...more.filter(({ type, id }) => !ids.has(`${type}:${id}`))], recordings };
}

/** The objects of an export, an object a line. */
export function readExport(file: string): readonly SavedObject[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as SavedObject).filter(({ type, attributes }) => type !== undefined && attributes !== undefined);
}
