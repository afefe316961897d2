import { type Collector, startCollector } from './collector.ts';
import { newCounters, snapshotOf } from './counters.ts';
import type { CollectorReply, CollectorRequest } from './protocol.ts';

/**
 * The collector as a process of its own, started with `fork` by the supervisor. It ends when the channel closes, also
 * when the supervisor is killed.
 */
let collector: Promise<Collector> | undefined;

function reply(message: CollectorReply): void {
  // The channel may close while an answer is on its way.
  if (process.connected) process.send?.(message, undefined, {}, () => undefined);
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The collector ends: ${error instanceof Error ? (error.stack ?? message) : message}\n`);
  if (!process.connected) process.exit(1);
  process.send?.({ type: 'failed', message } satisfies CollectorReply, undefined, {}, () => process.exit(1));
}

async function handle(request: CollectorRequest): Promise<void> {
  if (request.type === 'configure') {
    if (collector !== undefined) return;
    collector = startCollector(request);
    const { ended } = await collector;
    ended.catch(fail);
    return reply({ type: 'ready' });
  }
  const running = await collector;
  if (request.type === 'stats') return reply({ type: 'stats', streams: running?.stats() ?? snapshotOf(newCounters()) });
  await running?.drain();
  reply({ type: 'drained' });
}

async function leave(): Promise<void> {
  await (await collector)?.stop();
}

process.title = 'podscope-collector';
process.on('message', (message) => void handle(message as CollectorRequest).catch(fail));
process.on('disconnect', () => {
  leave().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`The collector did not end well: ${String(error)}\n`);
      process.exit(1);
    },
  );
});
// The supervisor decides when the collector ends, not a Ctrl-C that reaches the whole group.
process.on('SIGINT', () => undefined);
