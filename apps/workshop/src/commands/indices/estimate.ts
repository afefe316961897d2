import { type EstimateInput, estimateIndexSetup, formatEstimate, type StreamVolume } from '@podscope/index-manager';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { readInputFile } from './inputFile.ts';
import { wantedSetup } from './wanted.ts';

/** `podscope indices estimate`: asks no cluster. */
export const run: CommandAction = async ({ output }, volumes, options) => {
  const given = options['volumes'] === undefined ? {} : ((await readInputFile(String(options['volumes']), '--volumes')) as unknown as Partial<EstimateInput>);
  const streams = { ...given.streams, ...Object.fromEntries(volumes.map(volumeOf)) };
  if (Object.keys(streams).length === 0) throw usageError('No volume is given.', 'Say what comes in, as in apache-podscope=2000000:600 (documents a day, bytes of one), or pass --volumes <file>.');
  const zones = options['zones'] === undefined ? undefined : wholeNumber(options['zones'], 'The number of availability zones', 1, 3);
  const days = options['days'] === undefined ? undefined : wholeNumber(options['days'], 'The number of days', 1, 36_500);
  const estimate = estimateIndexSetup(await wantedSetup(options), {
    ...given,
    streams,
    ...(days === undefined ? {} : { horizonDays: days }),
    ...(zones === undefined ? {} : { availabilityZones: zones as 1 | 2 | 3 }),
  });
  output.painted(estimate, () => formatEstimate(estimate));
  return exitCodes.ok;
};

/** `apache-podscope=2000000:600` */
export function volumeOf(text: string): readonly [string, StreamVolume] {
  const { name, documents, bytes } = /^(?<name>[^=]+)=(?<documents>\d+):(?<bytes>\d+)$/.exec(text)?.groups ?? {};
  if (name === undefined) throw usageError(`"${text}" is no volume.`, 'Write the stream, "=", documents a day, ":", and the bytes of one: apache-podscope=2000000:600.');
  return [name, { documentsPerDay: Number(documents), bytesPerDocument: Number(bytes) }];
}
