import { createClient } from 'redis';

/** Counts up to its argument. Redis answers nobody else meanwhile, and has no clock in a script that would go on by itself. */
const SCRIPT = 'local sum = 0 for index = 1, tonumber(ARGV[1]) do sum = sum + index % 7 end return sum';
const FIRST_COUNT = 200_000;
const MOST_COUNT = 500_000_000;

/** Asks a Redis for a report that takes it that long, again and again, until the returned function is called. */
export function startReport(endpoint: { readonly host: string; readonly port: number }, milliseconds: number, every: number): () => void {
  const client = createClient({ name: 'report', socket: { ...endpoint, reconnectStrategy: 1_000 } });
  client.on('error', (error: unknown) => process.stderr.write(`report: ${String(error)}\n`));
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let count = FIRST_COUNT;
  const next = async (): Promise<void> => {
    try {
      const from = performance.now();
      await client.eval(SCRIPT, { arguments: [String(count)] });
      // How fast that server counts is learned from the time before, in small steps: what else it had to do is in there, too.
      const step = Math.min(4, Math.max(0.5, milliseconds / Math.max(1, performance.now() - from)));
      count = Math.min(MOST_COUNT, Math.max(FIRST_COUNT / 10, Math.round(count * step)));
    } catch (error) {
      if (!ended) process.stderr.write(`report: ${String(error)}\n`);
    }
    if (!ended) timer = setTimeout(() => void next(), every);
  };
  client.connect().then(next, (error: unknown) => process.stderr.write(`report: ${String(error)}\n`));
  return () => {
    ended = true;
    clearTimeout(timer);
    if (client.isOpen) client.destroy();
  };
}
