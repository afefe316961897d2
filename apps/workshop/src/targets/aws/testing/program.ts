import { awsClients } from '../clients.ts';
import { quickDown, quickUp } from './quickly.ts';

/** What the process is told, as one argument. */
export interface ProgramOptions {
  readonly verb: 'up' | 'down';
  readonly event: string;
  readonly region: string;
  readonly runDir: string;
  /** Where it stops and waits to be killed, such as `network:before`. */
  readonly stopAt: string;
}

const { verb, event, region, runDir, stopAt } = JSON.parse(process.argv[2] ?? '{}') as ProgramOptions;
const clients = awsClients({ region, maxAttempts: 1 });
/** Says that it is there, and goes no further. */
const at = (point: string): Promise<void> => {
  if (point !== stopAt) return Promise.resolve();
  process.stdout.write(`AT ${point}\n`);
  return new Promise(() => setInterval(() => undefined, 60_000));
};
if (verb === 'up') await quickUp({ clients, runDir }, { event, region }, { at });
else await quickDown({ clients, runDir }, event, { at });
process.stdout.write('ENDED\n');
