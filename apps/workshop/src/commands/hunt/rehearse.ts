import { rehearseHunts } from '../../hunts/rehearse.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { wholeNumber } from '../usageError.ts';

/** `podscope hunt rehearse [ids…]`: exits with 4 when a part fails. Ctrl-C stops the hunt that runs first; a second one does not wait. */
export const run: CommandAction = async ({ control, output }, ids, options) => {
  const seeds = wholeNumber(options['seeds'], 'The number of seeds', 1, 100);
  const first = String(options['seed']);
  const { urls } = await control.state();
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      output.note('stopping the hunt and putting everything back …');
      interrupt.abort();
    });
  }
  try {
    const report = await rehearseHunts({
      control,
      opensearchUrl: urls.opensearch,
      ids,
      seeds: Array.from({ length: seeds }, (_, index) => (index === 0 ? first : `${first}-${index + 1}`)),
      signal: interrupt.signal,
      onProgress: (line) => output.note(line),
    });
    output.result(report, () =>
      report.hunts.flatMap((hunt) => [`${hunt.passed ? '✓' : '✗'} ${hunt.id}`, ...Object.entries(hunt.parts).map(([name, part]) => `    ${part.passed ? '✓' : '✗'} ${name}: ${part.message}`)]),
    );
    return report.hunts.every((hunt) => hunt.passed) ? exitCodes.ok : exitCodes.unsolved;
  } catch (error) {
    if (interrupt.signal.aborted && error === interrupt.signal.reason) return exitCodes.interrupted;
    throw error;
  }
};
