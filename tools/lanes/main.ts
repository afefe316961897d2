import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseLanes, readLanes } from './chooseLanes.mjs';
import { hasProgram, needs } from './needs.ts';
import { runLanes } from './runLanes.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const corpus = process.env['PODSCOPE_CORPUS'] || undefined;
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort());

let last = '0 passed, 1 failed, 0 skipped';
process.exitCode = 1;
try {
  const { chosen, error } = chooseLanes(await readLanes(), process.argv.slice(2));
  if (error !== undefined) throw new Error(error);
  if (corpus === undefined) process.stdout.write('PODSCOPE_CORPUS is not set: tests against the corpus of real saved objects and templates are skipped, each by its name.\n');
  const java21 = await needs.java21();
  const lacksProgram = (title: string): boolean => {
    const program = /needs a program ([\w-]+)/.exec(title)?.[1];
    return program !== undefined && !hasProgram(program);
  };
  const result = await runLanes(chosen, {
    root,
    has: (need) => needs[need](),
    maySkip: (title) => (title.includes('PODSCOPE_CORPUS') && corpus === undefined) || (title.includes('needs a JDK') && !java21) || lacksProgram(title),
    print: (text) => process.stdout.write(text),
    signal: interrupted.signal,
  });
  process.stdout.write(`\n${result.summary.join('\n')}\n`);
  if (result.passed + result.failed === 0) process.stdout.write('Nothing was tested: that is not a success.\n');
  last = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
  process.exitCode = interrupted.signal.aborted ? 130 : result.failed === 0 && result.passed > 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`\nThe lanes could not be run: ${error instanceof Error ? error.message : String(error)}\n`);
} finally {
  // Whatever happened, this is the last line.
  process.stdout.write(`${last}\n`);
}
