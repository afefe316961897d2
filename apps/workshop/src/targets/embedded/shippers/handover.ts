import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { parseContainerFile } from '../collector/origin.ts';
import type { Shipping } from './choose.ts';
import { type EmbeddedSource, WEB_CONTAINER } from './sources.ts';

/** Who shipped each source last, and whether that run ended with everything shipped. */
interface LastRun {
  readonly by: Readonly<Partial<Record<EmbeddedSource, string>>>;
  readonly finished: boolean;
}

const statePath = (runDir: string): string => join(runDir, 'shippers', 'last.json');
/** A log's name without what rotation added. */
const baseOf = (name: string): string => name.replace(/\.(log|ndjson)[.-].*$/, '.$1');
const isWeb = (name: string): boolean => parseContainerFile(baseOf(name))?.container === WEB_CONTAINER;

/** The files of a source: their folder under `logs`, and which in it. */
const FILES: Readonly<Partial<Record<EmbeddedSource, readonly [folder: string, has: (name: string) => boolean]>>> = {
  'apache-logs': ['containers', isWeb],
  'container-logs': ['containers', (name) => parseContainerFile(baseOf(name)) !== undefined && !isWeb(name)],
  'kubernetes-events': ['.', (name) => baseOf(name) === 'events.ndjson'],
};

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A run directory that says nothing was the collector's; whether it had shipped all of it nobody knows. */
function lastRun(runDir: string): LastRun {
  try {
    const last = JSON.parse(readFileSync(statePath(runDir), 'utf8')) as Partial<LastRun>;
    return { by: typeof last.by === 'object' ? last.by : {}, finished: last.finished === true };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return { by: {}, finished: false };
    throw error;
  }
}

/** A real shipper that has not even made a file of positions (it ended at its start) has shipped nothing: what is there is the next one's. */
function hasShipped(runDir: string, shipper: string): boolean {
  return shipper === 'built-in' || namesIn(join(runDir, 'shippers', shipper, 'state')).length > 0;
}

function write(runDir: string, run: LastRun): void {
  mkdirSync(join(runDir, 'shippers'), { recursive: true, mode: 0o700 });
  const path = statePath(runDir);
  writeFileSync(`${path}.new`, `${JSON.stringify(run)}\n`);
  renameSync(`${path}.new`, path);
}

/**
 * Hands sources from one shipper to another. Each shipper counts bytes and makes ids in its own way, so that the same
 * file under two of them would be two sets of documents. Logs that the earlier one has shipped are therefore moved to
 * `logs/shipped/<time>/` before anything starts: the new one begins with new files. What one left that never got to
 * ship stays where it is, for the new one.
 *
 * @returns the sources that changed hands, with how many files were moved.
 * @throws PodscopeError SHIPPERS_UNFINISHED when the earlier run did not end in order: its last lines may be unshipped, and no one else would ship them.
 */
export function handOver(runDir: string, shipping: readonly Shipping[], now: Date = new Date()): readonly { readonly source: EmbeddedSource; readonly from: string; readonly to: string; readonly files: number }[] {
  const last = lastRun(runDir);
  const logs = join(runDir, 'logs');
  const changed = shipping.flatMap(({ source, by }) => {
    const from = last.by[source] ?? 'built-in';
    const [folder, has] = FILES[source] ?? ['.', () => false];
    const files = from === by || !hasShipped(runDir, from) ? [] : namesIn(join(logs, folder)).filter(has).map((name) => join(folder, name));
    return files.length === 0 ? [] : [{ source, from, to: by, files }];
  });
  const [first] = changed;
  if (first !== undefined && !last.finished) {
    const earlier = first.from === 'built-in' && changed.every(({ from }) => from === 'built-in') ? 'built-in' : 'auto';
    throw new PodscopeError('SHIPPERS_UNFINISHED', `${first.from} may not have shipped every line of ${first.source} in ${runDir}: that run did not end in order.`, {
      hint: `Run "podscope up --shippers ${earlier}" and "podscope down" once, then change the shippers; or set PODSCOPE_RUN_DIR to another directory.`,
    });
  }
  for (const { files } of changed) {
    const aside = join(logs, 'shipped', now.toISOString().replaceAll(':', ''));
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const name of files) renameSync(join(logs, name), join(aside, basename(name)));
  }
  write(runDir, { by: Object.fromEntries(shipping.map(({ source, by }) => [source, by])), finished: false });
  return changed.map(({ files, ...rest }) => ({ ...rest, files: files.length }));
}

/** Everything that was written is shipped, and who shipped it has ended in order: others may go on from here. */
export function markFinished(runDir: string): void {
  write(runDir, { ...lastRun(runDir), finished: true });
}
