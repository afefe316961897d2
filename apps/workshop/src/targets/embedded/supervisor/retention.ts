import { type IndexClient, type IndexSetup, lifecycleTargets, runLifecycle } from '@podscope/index-manager';
import type { ProcessLog } from './processLog.ts';

const HOUR = 3_600_000;

/** What a round needs. */
export interface RetentionOptions {
  readonly client: IndexClient;
  readonly setup: IndexSetup;
  readonly log: Pick<ProcessLog, 'write'>;
  /** Milliseconds since 1970 by which ages are counted. @default the server's clock */
  readonly now?: number;
}

/** Carries out the setup's lifecycle policies once: the embedded server has no plugin that does. Never throws. */
export async function carryOutRetention({ client, setup, log, now }: RetentionOptions): Promise<void> {
  const targets = lifecycleTargets(setup);
  if (targets.length === 0) return;
  try {
    const { results } = await runLifecycle(client, { policies: setup.lifecyclePolicies, targets, ...(now === undefined ? {} : { now }) });
    for (const { step, outcome, detail } of results) if (outcome === 'done') log.write('info', 'retention', `${step.action} ${step.index}: ${detail} (${step.reason})`);
  } catch (error) {
    // The next round does what this one could not.
    log.write('warning', 'retention', error instanceof Error ? error.message : String(error));
  }
}

/** A round now and every hour, until it is closed. */
export function keepRetention(options: RetentionOptions): { close(): void } {
  let round = carryOutRetention(options);
  const timer = setInterval(() => {
    // Never two at a time, however long the server takes.
    round = round.then(() => carryOutRetention(options));
  }, HOUR);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
