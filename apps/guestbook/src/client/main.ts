import { parseArgs } from 'node:util';
import { PodscopeError } from '@podscope/core';
import { startSteadyLoad } from '../visitors/steadyLoad.ts';
import { Sender } from '../visitors/sender.ts';
import { startPool } from './pool.ts';
import { startReport } from './report.ts';

const USAGE = [
  'main.ts visit --url <http://host:port> --path </a> [--path </b> …] [--rate 5] [--user-agent <text>]',
  'main.ts pool --redis <host>:<port> [--size 32]',
  'main.ts report --redis <host>:<port> [--milliseconds 200] [--every 1000]',
].join('\n       ');

const MOST_RATE = 500;
const MOST_CONNECTIONS = 1_000;
const LONGEST_MS = 2_000;
const LONGEST_GAP = 60_000;

/** Starts what the arguments say; the function ends it. */
function start(): () => void {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        path: { type: 'string', multiple: true, default: [] },
        rate: { type: 'string', default: '5' },
        'user-agent': { type: 'string', default: 'guestbook-client/1.0' },
        redis: { type: 'string', default: '' },
        size: { type: 'string', default: '32' },
        milliseconds: { type: 'string', default: '200' },
        every: { type: 'string', default: '1000' },
      },
    });
    switch (positionals.join(' ')) {
      case 'visit':
        return visit(values.url, values.path, numberOf('--rate', values.rate, MOST_RATE), values['user-agent']);
      case 'pool':
        return startPool(endpointOf(values.redis), numberOf('--size', values.size, MOST_CONNECTIONS));
      case 'report':
        return startReport(endpointOf(values.redis), numberOf('--milliseconds', values.milliseconds, LONGEST_MS), numberOf('--every', values.every, LONGEST_GAP));
      default:
        throw new TypeError('The first argument is visit, pool or report.');
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PodscopeError('GUESTBOOK_ARGUMENTS', reason, { hint: `Usage: ${USAGE}`, cause: error });
  }
}

function visit(url: string | undefined, paths: readonly string[], rate: number, userAgent: string): () => void {
  if (url === undefined || !/^http:\/\//.test(url)) throw new TypeError('--url is an address that begins with http://.');
  if (paths.length === 0 || !paths.every((path) => path.startsWith('/'))) throw new TypeError('--path is given once or more and begins with "/".');
  const sender = new Sender();
  sender.setUrl(url);
  const stop = startSteadyLoad({ id: userAgent, userAgent, address: '127.0.0.1', rate, paths }, sender);
  return () => {
    stop();
    sender.close();
  };
}

function numberOf(name: string, text: string, most: number): number {
  const value = Number(text);
  if (text === '' || !(value > 0) || value > most) throw new TypeError(`${name} is a number above 0 and up to ${most}.`);
  return value;
}

function endpointOf(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon <= 0 || !Number.isInteger(port) || port < 1 || port > 65_535) throw new TypeError('--redis is <host>:<port>.');
  return { host: text.slice(0, colon), port };
}

try {
  const stop = start();
  const end = (): void => {
    stop();
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
} catch (error) {
  const known = error instanceof PodscopeError;
  process.stderr.write(known ? `${error.code}: ${error.message}\n${error.hint ?? ''}\n` : `${String(error)}\n`);
  process.exitCode = known ? 2 : 1;
}
