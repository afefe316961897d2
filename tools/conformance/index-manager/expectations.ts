import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ServerRows } from './report.ts';

/** Counts of one row. */
interface Counts {
  readonly total: number;
  readonly ok: number;
  readonly translated: number;
  readonly refused: number;
}

/** By the fingerprint of a folder's file names, then by server, source and kind. No content of any file is in it. */
type Expectations = Readonly<Record<string, { readonly files: number; readonly servers: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Counts>>>>>> }>>;

const FILE = fileURLToPath(new URL('expectations.json', import.meta.url));

/** Which folder it is, whatever it is called. */
export function fingerprintOf(files: readonly string[]): string {
  return createHash('sha256').update([...files].sort().join('\n')).digest('hex').slice(0, 16);
}

/** What is worse than expected, one line each; undefined when nothing is expected of this folder and server. */
export function worseThanExpected(expectations: Expectations, folder: string, { server, rows }: ServerRows): readonly string[] | undefined {
  const expected = expectations[folder]?.servers[server];
  if (expected === undefined) return undefined;
  return Object.entries(expected).flatMap(([source, kinds]) =>
    Object.entries(kinds).flatMap(([kind, counts]) => {
      const row = rows.find((each) => each.source === source && each.kind === kind);
      const where = `${server}, ${source}, ${kind}`;
      if (row === undefined) return [`${where}: there were ${counts.total}, and now none is recognised`];
      const refused = row.refused.length;
      return [
        ...(refused > counts.refused ? [`${where}: ${refused} refused instead of ${counts.refused}`] : []),
        ...(row.ok < counts.ok ? [`${where}: ${row.ok} applied as they are instead of ${counts.ok}`] : []),
        ...(row.total < counts.total ? [`${where}: ${row.total} in all instead of ${counts.total}`] : []),
      ];
    }),
  );
}

/** The committed expectations. */
export async function readExpectations(): Promise<Expectations> {
  return JSON.parse(await readFile(FILE, 'utf8')) as Expectations;
}

/** Writes down what the servers did, beside what is known of other folders and servers. */
export async function writeExpectations(expectations: Expectations, folder: string, files: number, results: readonly ServerRows[]): Promise<void> {
  const servers = Object.fromEntries(
    results.map(({ server, rows }) => {
      const sources: Record<string, Record<string, Counts>> = {};
      for (const { source, kind, total, ok, translated, refused } of rows) (sources[source] ??= {})[kind] = { total, ok, translated, refused: refused.length };
      return [server, sources];
    }),
  );
  const next = { ...expectations, [folder]: { files, servers: { ...expectations[folder]?.servers, ...servers } } };
  await writeFile(FILE, `${JSON.stringify(next, null, 2)}\n`);
}
