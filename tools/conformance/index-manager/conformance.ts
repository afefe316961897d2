import { fingerprintOf, readExpectations, worseThanExpected, writeExpectations } from './expectations.ts';
import { withOwnNames } from './ownNames.ts';
import { OWN_SERVERS, startOwn } from './ownServers.ts';
import { readFolder } from './readFolder.ts';
import { resourcesOf } from './resources.ts';
import { type Row, rowsOf, rulesOf, type ServerRows } from './report.ts';
import { type ServerResult, tryAll } from './tryAll.ts';

/** Options of {@link conformance}. */
export interface ConformanceOptions {
  readonly folder: string;
  /** The address of a running server. @default its own servers, one after the other */
  readonly server?: string | undefined;
  /** Write the counts down as what is expected from now on, where none is worse. @default false */
  readonly update?: boolean;
  readonly onProgress: (line: string) => void;
  /** How far it is, many times a second. */
  readonly onStep: (step: string) => void;
  /** Who asks the named server, where its address doesn't say. */
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
  readonly signal: AbortSignal;
}

/** What came of it all. */
export interface ConformanceReport {
  readonly rows: readonly Row[];
  readonly summary: {
    readonly folder: string;
    readonly total: number;
    readonly ok: number;
    readonly translated: number;
    readonly refused: number;
    readonly servers: readonly { readonly server: string; readonly total: number; readonly ok: number; readonly translated: number; readonly refused: number; readonly rules: Readonly<Record<string, number>> }[];
    readonly notRun: readonly { readonly server: string; readonly why: string }[];
    /** Files of other kinds, by name: no JSON, no YAML, no requests. */
    readonly otherFiles: readonly string[];
    readonly secondPlansNotEmpty: readonly { readonly server: string; readonly file: string; readonly why: string }[];
    /** Counts below the committed ones. */
    readonly worse: readonly string[];
    /** Servers of which nothing is committed for this folder. */
    readonly notCompared: readonly string[];
  };
}

/** Tries a folder on one server or on its own, and compares with what is expected of it. */
export async function conformance(options: ConformanceOptions): Promise<{ readonly report: ConformanceReport; readonly byServer: readonly ServerRows[] }> {
  const { files, others } = await readFolder(options.folder);
  const unreadable = files.flatMap(({ file, broken }) => (broken === undefined ? [] : [{ file, why: broken }]));
  const items = withOwnNames(resourcesOf(files));
  options.onProgress(`${files.length} files with ${items.length} resources; ${unreadable.length} files can't be read, ${others.length} are of other kinds`);
  const results: ServerResult[] = [];
  const notRun: { server: string; why: string }[] = [];
  for await (const { url, label } of servers(options, notRun)) {
    options.onProgress(`trying ${label}`);
    results.push(await tryAll(url, items, { ...options, auth: options.server === undefined ? undefined : options.auth }));
  }
  const byServer = results.map((result) => rowsOf(result, unreadable));
  const folder = fingerprintOf(files.map(({ file }) => file));
  const expectations = await readExpectations();
  const compared = byServer.map((rows) => ({ server: rows.server, worse: worseThanExpected(expectations, folder, rows) }));
  const worse = compared.flatMap((each) => each.worse ?? []);
  const secondPlansNotEmpty = results.flatMap(({ server, outcomes }) => outcomes.flatMap((outcome) => (outcome.result === 'not-empty' ? [{ server, file: outcome.item.file, why: outcome.why }] : [])));
  if (options.update === true && worse.length === 0 && secondPlansNotEmpty.length === 0) await writeExpectations(expectations, folder, files.length, byServer);
  const rows = options.server === undefined ? byServer.flatMap(({ server, rows: own }) => own.map((row) => ({ ...row, source: `${server}: ${row.source}` }))) : byServer.flatMap((each) => each.rows);
  const perServer = byServer.map(({ server, rows: own }, at) => ({ server, ...countsOf(own), rules: rulesOf(results[at]?.outcomes ?? []) }));
  const report: ConformanceReport = {
    rows,
    summary: {
      folder: options.folder,
      ...countsOf(rows),
      servers: perServer,
      notRun,
      otherFiles: others,
      secondPlansNotEmpty,
      worse,
      notCompared: compared.flatMap((each) => (each.worse === undefined ? [each.server] : [])),
    },
  };
  return { report, byServer };
}

async function* servers({ server, signal, onProgress }: ConformanceOptions, notRun: { server: string; why: string }[]): AsyncGenerator<{ readonly url: string; readonly label: string }> {
  if (server !== undefined) {
    yield { url: server, label: 'the server that was named' };
    return;
  }
  for (const { label, options } of OWN_SERVERS) {
    onProgress(`starting ${label}`);
    const started = await startOwn(options, signal);
    if (typeof started === 'string') {
      notRun.push({ server: label, why: started });
      onProgress(`${label} is not run: ${started}`);
      continue;
    }
    try {
      yield { url: started.url, label };
    } finally {
      await started.stop();
    }
  }
}

function countsOf(rows: readonly Row[]): { readonly total: number; readonly ok: number; readonly translated: number; readonly refused: number } {
  const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return { total: sum(({ total }) => total), ok: sum(({ ok }) => ok), translated: sum(({ translated }) => translated), refused: sum(({ refused }) => refused.length) };
}
