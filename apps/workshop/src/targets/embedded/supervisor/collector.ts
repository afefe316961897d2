import { PodscopeError } from '@podscope/core';
import type { PodRuntime } from '../cluster/actuator.ts';
import type { ModelPod } from '../cluster/model.ts';
import type { CollectorReply, CollectorRequest, CollectorSettings, CollectorStats } from '../collector/protocol.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { openContainerLog } from './containerLog.ts';
import { NodeChild } from './nodeChild.ts';
import type { ProcessLog } from './processLog.ts';

export interface CollectorTierOptions {
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** Directory of the containers' logs. */
  readonly logs: string;
  readonly settings: CollectorSettings;
  /** Nothing may be written before this: the templates come first. */
  readonly indicesReady: Promise<void>;
  readonly onPodExit: (pod: ModelPod, reason: string) => void;
}

type Child = NodeChild<CollectorRequest, CollectorReply>;
type Answer<Type extends CollectorReply['type']> = Extract<CollectorReply, { type: Type }>;

/** The collector's pod: a process that is forked at once and told to work when the indices are ready. */
export class CollectorTier implements PodRuntime {
  readonly #options: CollectorTierOptions;
  #child: Child | undefined;
  #pod: ModelPod | undefined;

  constructor(options: CollectorTierOptions) {
    this.#options = options;
  }

  async start(pod: ModelPod): Promise<null> {
    const { ledger, log, logs, settings, indicesReady } = this.#options;
    const output = openContainerLog(logs, pod);
    let began = false;
    const child: Child = new NodeChild({
      name: 'collector',
      ledger,
      log,
      onLine: (stream, line) => output.write(stream, line),
      onExit: (reason, wanted) => {
        output.close();
        if (this.#child === child) this.#child = undefined;
        // A process that ends while starting is reported by the start that fails.
        if (!wanted && began) this.#options.onPodExit(pod, reason);
      },
    });
    this.#child = child;
    this.#pod = pod;
    try {
      await indicesReady;
      const answer = await child.request({ type: 'configure', ...settings }, (reply): reply is Answer<'ready' | 'failed'> => reply.type === 'ready' || reply.type === 'failed');
      if (answer.type === 'failed') {
        throw new PodscopeError('COLLECTOR_FAILED', `The collector did not start: ${answer.message}`, { hint: 'It is tried again; see "podscope logs supervisor".' });
      }
    } catch (error) {
      // The next try forks another one, and two must never write.
      await child.end();
      throw error;
    }
    began = true;
    return null;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    await child.end(10_000);
  }

  /** Everything that is in the logs now is in OpenSearch, and the positions on disk. @throws PodscopeError PROCESS_SILENT, PROCESS_ENDED */
  async drain(timeout: number): Promise<void> {
    await this.#running().request({ type: 'drain' }, (reply): reply is Answer<'drained'> => reply.type === 'drained', timeout);
  }

  async stats(): Promise<CollectorStats> {
    return (await this.#running().request({ type: 'stats' }, (reply): reply is Answer<'stats'> => reply.type === 'stats')).streams;
  }

  /**
   * Runs `work` while no collector writes: drained and ended before, started again afterwards. A rollover in between
   * cannot split a batch, so that no document gets into two backing indices.
   */
  async pausedFor<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.drain(60_000);
    const pod = this.#pod;
    await this.stop();
    try {
      return await work();
    } finally {
      if (pod !== undefined) await this.start(pod);
    }
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  #running(): Child {
    if (this.#child !== undefined) return this.#child;
    throw new PodscopeError('PROCESS_ENDED', 'The collector does not run now.', { hint: 'It is started again by itself; try once more in a few seconds.' });
  }
}
