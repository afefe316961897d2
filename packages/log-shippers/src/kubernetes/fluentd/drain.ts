import type { k8s } from 'cdk8s-plus-33';

/** Seconds of the grace period that are left for Fluentd's own end after the wait: it flushes once more then (`flush_at_shutdown`). */
const LEFT_FOR_SHUTDOWN = 60;

/**
 * What a Fluentd pod does before it is told to end: it flushes (SIGUSR1, docs.fluentd.org, "Signals") and waits until no chunk is left in
 * its folder, or until two thirds of the grace period are over. Chunks are named `buffer.b<id>.log` or `buffer.q<id>.log`, with a
 * `.meta` each (fluentd, lib/fluent/plugin/buf_file.rb and buffer/file_chunk.rb); other names are dead letters and positions. New records
 * still come in while it waits, so it may end on the time.
 */
export function drainBuffers(folder: string, gracePeriodSeconds: number): k8s.Lifecycle {
  const seconds = Math.max(1, gracePeriodSeconds - Math.min(LEFT_FOR_SHUTDOWN, Math.ceil(gracePeriodSeconds / 3)));
  const script = [
    `end=$(( $(date +%s) + ${seconds} ))`,
    'while [ "$(date +%s)" -lt "$end" ]; do',
    '  kill -USR1 1',
    `  [ -z "$(find '${folder.replaceAll("'", String.raw`'\''`)}' -type f -name 'buffer.[bq]*.log' 2>/dev/null | head -n 1)" ] && exit 0`,
    '  sleep 2',
    'done',
    'exit 0',
  ];
  return { preStop: { exec: { command: ['/bin/sh', '-c', script.join('\n')] } } };
}
