import { readFile } from 'node:fs/promises';
import type { JournalEvent } from '@podscope/fault-injectors';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { wholeNumber } from '../usageError.ts';
import { faultJournalFile } from './journalFile.ts';

/** `podscope fault journal`: the newest lines, the oldest of them first. */
export const run: CommandAction = async ({ environment, output }, _args, options) => {
  const last = wholeNumber(options['last'], '--last', 1, 100_000);
  const text = await readFile(faultJournalFile(environment.runDir), 'utf8').catch(() => '');
  const events = text
    .split('\n')
    .flatMap((line) => parsed(line) ?? [])
    .filter(({ id }) => options['id'] === undefined || id === options['id'])
    .slice(-last);
  output.result({ events }, () => (events.length === 0 ? ['Nothing was injected into a cluster from here.'] : events.map((event) => JSON.stringify(event))));
  return exitCodes.ok;
};

/** A line that was cut short by a crash is none. */
function parsed(line: string): JournalEvent | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as JournalEvent);
  } catch {
    return undefined;
  }
}
