import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import { seedArchive } from '@podscope/guestbook/seed';
import { applyPlan, planFor } from '@podscope/index-manager';
import type { LoadedWorkshop } from '../../../config/loadWorkshop.ts';
import { BASELINE } from '../cluster/baseline.ts';
import { indexClient } from './opensearchHttp.ts';
import type { System } from './parts.ts';
import type { ProcessLog } from './processLog.ts';

const FIRST_DOCUMENTS_TIMEOUT = 60_000;
const PODS_TIMEOUT = 120_000;
/** Starts of one pod that may fail before the whole start does. */
const TRIES = 3;

export interface StartStepsOptions {
  readonly system: System;
  readonly workshop: LoadedWorkshop;
  readonly seed: string;
  readonly log: ProcessLog;
  /** True as soon as somebody wants the end: what waits gives up. */
  readonly isBrokenOff: () => boolean;
  /** Why no document can be expected any more. */
  readonly failure: () => PodscopeError | undefined;
}

/** What a start does with the parts, one method a step. The supervisor says in which order. */
export class StartSteps {
  readonly #options: StartStepsOptions;

  constructor(options: StartStepsOptions) {
    this.#options = options;
  }

  async redis(): Promise<void> {
    this.#deploy('redis-primary');
    this.#deploy('redis-replica');
    await this.#awaitPods('redis-primary');
    await this.#awaitPods('redis-replica');
  }

  /** @param redis resolves when Redis answers */
  async guestbook(redis: Promise<void>): Promise<void> {
    const { system } = this.#options;
    await Promise.all([redis, system.web.open()]);
    this.#deploy('frontend');
    const [pages] = await Promise.all([this.#seed(), this.#awaitPods('frontend')]);
    await system.visitors.open(pages);
  }

  /** How many templates, pipelines and streams had to be made, or brought up to their templates. */
  async indices(): Promise<number> {
    const { system, workshop } = this.#options;
    const client = indexClient(system.askOpenSearch);
    // Nothing is pruned. What can delete is only the retention that the setup asks for, where the server carries it out.
    const made = await applyPlan(client, await planFor(client, workshop.indices), { destructive: true });
    return made.length;
  }

  async collector(): Promise<void> {
    this.#deploy('collector');
    await this.#awaitPods('collector');
  }

  /** The first dashboard draws access logs and system metrics: one document of each must be searchable. */
  async firstDocuments(): Promise<void> {
    const { askOpenSearch } = this.#options.system;
    const deadline = Date.now() + FIRST_DOCUMENTS_TIMEOUT;
    for (;;) {
      await askOpenSearch('POST', '/apache-*,metricbeat-*/_refresh');
      const counts = await Promise.all(['apache-*', 'metricbeat-*'].map(async (pattern) => ((await askOpenSearch('GET', `/${pattern}/_count`)) as { count: number }).count));
      if (counts.every((count) => count > 0)) return;
      if (this.#options.isBrokenOff()) throw brokenOff();
      const failure = this.#options.failure();
      if (failure !== undefined) throw failure;
      if (Date.now() > deadline) {
        throw new PodscopeError('NO_FIRST_DOCUMENTS', `No documents arrived within ${FIRST_DOCUMENTS_TIMEOUT / 1000} s (apache-*: ${counts[0]}, metricbeat-*: ${counts[1]}).`, {
          hint: 'See logs/supervisor.log in the run directory for what the collector says.',
        });
      }
      await sleep(50);
    }
  }

  #deploy(deployment: string): void {
    const replicas = BASELINE.find((each) => each.name === deployment)?.desired ?? 0;
    this.#options.system.actuator.dispatch({ type: 'scale', deployment, replicas, at: new Date().toISOString() });
  }

  async #seed(): Promise<number> {
    const { system, seed, log } = this.#options;
    const link = await system.redis.connect(system.redis.primary, 60_000);
    try {
      const archive = await seedArchive({ sendCommand: (command) => link.command(...command) }, { seed });
      log.write('info', 'supervisor', `the archive has ${archive.pages} pages${archive.written ? ', newly written' : ''}`);
      return archive.pages;
    } finally {
      link.close();
    }
  }

  /** Waits until every pod of a deployment is ready. @throws what its start threw, when that failed several times */
  async #awaitPods(deployment: string): Promise<void> {
    const { system, isBrokenOff } = this.#options;
    const deadline = Date.now() + PODS_TIMEOUT;
    while (!isBrokenOff()) {
      const pods = system.actuator.model.pods.filter((pod) => pod.deployment === deployment);
      if (pods.every((pod) => pod.ready)) return;
      const failed = pods.find((pod) => pod.restarts >= TRIES && system.actuator.failure(pod.name) !== undefined);
      if (failed !== undefined) throw system.actuator.failure(failed.name);
      // The collector waits for OpenSearch, which has a limit of its own.
      if (Date.now() > deadline && deployment !== 'collector') {
        throw new PodscopeError('POD_START_FAILED', `The pods of ${deployment} were not ready after ${PODS_TIMEOUT / 1000} s.`, { hint: 'See "podscope logs supervisor".' });
      }
      await sleep(10);
    }
    throw brokenOff();
  }
}

/** Somebody wanted the end before the start was through. */
export function brokenOff(): PodscopeError {
  return new PodscopeError('PROCESS_ENDED', 'The start was broken off.', { hint: 'Run "podscope up" again.' });
}
