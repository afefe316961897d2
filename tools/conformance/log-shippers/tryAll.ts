import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPodscopeError } from '../../../packages/core/src/index.ts';
import { check, write } from './check.ts';
import { CannotRun } from './localise.ts';
import type { MatrixCase } from './matrix.ts';
import { type Program, programFor } from './programs.ts';
import { render } from './renderers.ts';
import type { Row } from './report.ts';
import { shortRun } from './shortRun.ts';

/** How a matrix is tried. */
export interface TryOptions {
  readonly cases: readonly MatrixCase[];
  readonly programs: readonly Program[];
  readonly signal: AbortSignal;
  readonly onStep: (text: string) => void;
  /** How many at once. */
  readonly atOnce: number;
  /** Whether accepted ones are run, too. */
  readonly runs: boolean;
}

/** Renders and lints each case, lets the program check it, and runs it shortly. Rows in the order of the cases. */
export async function tryAll({ cases, programs, signal, onStep, atOnce, runs }: TryOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < cases.length; at = next++) {
      const tried = cases[at];
      if (tried === undefined) return;
      signal.throwIfAborted();
      rows[at] = await tryOne(tried, programs, runs, signal);
      done += 1;
      onStep(`${done} of ${cases.length} configurations`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, cases.length) }, worker));
  return rows;
}

async function tryOne(tried: MatrixCase, programs: readonly Program[], runs: boolean, signal: AbortSignal): Promise<Row> {
  const row = { program: tried.shipper, version: '', config: tried.name, accepted: null, ran: null } as const;
  const rendered = renderOrWhy(tried);
  if (typeof rendered === 'string') return { ...row, accepted: false, why: rendered };
  const errors = rendered.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { ...row, accepted: false, why: `our own lint: ${errors.map(({ rule, message }) => `${rule}: ${message}`).join(' | ')}` };
  const chosen = programFor(programs, tried.shipper, tried.version);
  if (typeof chosen === 'string') return { ...row, why: chosen };
  const { program, note } = chosen;
  const folder = await mkdtemp(join(tmpdir(), 'podscope-shipper-'));
  const found = { ...row, program: program.name, version: program.version };
  try {
    const verdict = await check(program, await write(rendered.files, folder), signal);
    if (verdict.accepted !== true) return { ...found, ...verdict };
    if (program.grammarOnly) return { ...found, accepted: true, why: 'only its grammar was checked' };
    if (!runs) return { ...found, accepted: true, why: [note, 'not run: only checked, as was asked'].filter((text) => text !== '').join('; ') };
    const run = await shortRun(program, tried, join(folder, 'run'), signal);
    return { ...found, accepted: true, ran: run.ran, why: [note, run.why].filter((text) => text !== '').join('; ') };
  } catch (error) {
    if (error instanceof CannotRun) return { ...found, accepted: true, why: `not run: ${error.message}` };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function renderOrWhy(tried: MatrixCase): ReturnType<typeof render> | string {
  try {
    return render(tried);
  } catch (error) {
    return `it can't be rendered: ${isPodscopeError(error) ? `${error.code}: ${error.message}` : error instanceof Error ? error.message : String(error)}`;
  }
}
