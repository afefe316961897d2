import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchAnswer } from '@podscope/mystery-hunts';
import type { LoadedWorkshop } from '../../../config/loadWorkshop.ts';
import type { HuntControl } from '../../../control/handlers.ts';
import { embeddedFaultTarget } from '../faultTarget.ts';
import { embeddedLocalTarget } from '../localTarget.ts';
import { keepBaseline } from './baselineKeeper.ts';
import type { System } from './parts.ts';
import type { ProcessLog } from './processLog.ts';
import type { Verbs } from './verbs.ts';

export interface HuntsOptions {
  readonly system: System;
  readonly verbs: Verbs;
  readonly runDir: string;
  /** Of the guestbook's archive. */
  readonly seed: string;
  readonly log: ProcessLog;
  /** Its hunts and faults are played beside the workshop's own. */
  readonly workshop: LoadedWorkshop;
}

/** The hunts and faults, loaded when somebody first asks for them: a start must not wait for them. */
export class Hunts {
  readonly #options: HuntsOptions;
  #service: Promise<HuntControl> | undefined;

  constructor(options: HuntsOptions) {
    this.#options = options;
  }

  control(): Promise<HuntControl> {
    this.#service ??= this.#load();
    return this.#service;
  }

  /** Reverts what a supervisor that was killed has left behind. What cannot be reverted is for "podscope fault recover". */
  async recoverLeftovers(): Promise<void> {
    const { runDir, log } = this.#options;
    if ((await readdir(join(runDir, 'journal'))).length === 0) return;
    try {
      const { recovered } = await (await this.control()).recoverFaults();
      for (const each of recovered) log.write('info', 'hunts', `fault ${each.id} of an earlier run: ${each.outcome}. ${each.message}`);
    } catch (error) {
      log.write('error', 'hunts', `what an earlier run left behind was not reverted: ${String(error)}`);
    }
  }

  /** Reverts what is still injected. */
  async close(): Promise<void> {
    await (await this.#service?.catch(() => undefined))?.close();
  }

  async #load(): Promise<HuntControl> {
    const { system, verbs, runDir, seed, log, workshop } = this.#options;
    const { createHuntService } = await import('../../../hunts/service.ts');
    return createHuntService({
      target: embeddedFaultTarget(system, verbs),
      local: embeddedLocalTarget(runDir),
      state: () => verbs.state(),
      search: async (index, body) => (await system.askOpenSearch('POST', `/${index}/_search`, body)) as SearchAnswer,
      journalDir: join(runDir, 'journal'),
      keepBaseline: () => keepBaseline(system, verbs, seed),
      hunts: workshop.hunts,
      faults: workshop.faults,
      onNote: (line) => log.write('info', 'hunts', line),
    });
  }
}
