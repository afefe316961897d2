import { join } from 'node:path';
import { isPodscopeError } from '@podscope/core';
import type { Watchdog } from '@podscope/fault-injectors';
import { clusterStore, type KubernetesApi, kubernetesTarget } from '@podscope/fault-injectors/kubernetes';
import type { SearchAnswer } from '@podscope/mystery-hunts';
import type { LoadedWorkshop } from '../../../config/loadWorkshop.ts';
import type { PublicVerbs } from '../../../control/controlHandlers.ts';
import type { HuntControl } from '../../../control/handlers.ts';
import { type BaselineParts, keepBaseline } from '../../../hunts/baseline.ts';
import type { AskOpenSearch } from '../../embedded/supervisor/opensearchHttp.ts';
import type { ProcessLog } from '../../embedded/supervisor/processLog.ts';
import type { Visitors } from '../../embedded/supervisor/visitors.ts';
import { faultWatchdog } from '../faultWatchdog.ts';
import { clusterSystem } from './clusterSystem.ts';
import type { PublishedPaths } from './publishedPages.ts';
import type { RedisForwards } from './redisForwards.ts';

/** What a session's hunts are made from. */
export interface SessionHuntsOptions {
  readonly api: KubernetesApi;
  readonly verbs: PublicVerbs;
  readonly redis: RedisForwards;
  readonly pages: PublishedPaths;
  readonly visitors: Visitors;
  readonly search: AskOpenSearch;
  readonly runDir: string;
  /** Of the guestbook's archive. */
  readonly seed: string;
  readonly log: ProcessLog;
  readonly workshop: LoadedWorkshop;
}

/** Long enough for 64 MB through the API server. */
const COMMAND_TIMEOUT = 180_000;

/** The hunts and faults of a session, loaded when somebody first asks for them. */
export class SessionHunts {
  readonly #options: SessionHuntsOptions;
  #service: Promise<HuntControl> | undefined;

  constructor(options: SessionHuntsOptions) {
    this.#options = options;
  }

  control(): Promise<HuntControl> {
    this.#service ??= this.#load();
    return this.#service;
  }

  /** Reverts what is still injected. */
  async close(): Promise<void> {
    await (await this.#service?.catch(() => undefined))?.close();
  }

  async #load(): Promise<HuntControl> {
    const { api, verbs, redis, pages, search, runDir, seed, log, workshop } = this.#options;
    const { createHuntService } = await import('../../../hunts/service.ts');
    const withPrimary: BaselineParts['withPrimary'] = async (task) => {
      const link = await redis.connect(await redis.primary(), COMMAND_TIMEOUT);
      try {
        return await task({ sendCommand: (command) => link.command(...command) });
      } finally {
        link.close();
      }
    };
    const watchdog = this.#watchdog();
    return createHuntService({
      target: clusterSystem(api.context, this.#options),
      cluster: { target: await kubernetesTarget(api), store: clusterStore(api), ...(watchdog === undefined ? {} : { watchdog }) },
      state: () => verbs.state(),
      search: async (index, body) => (await search('POST', `/${index}/_search`, body)) as SearchAnswer,
      journalDir: join(runDir, 'journal'),
      keepBaseline: () => keepBaseline({ verbs, published: () => pages.list(), unpublish: (path) => pages.remove(path), withPrimary, seed }),
      hunts: workshop.hunts,
      faults: workshop.faults,
      onNote: (line) => log.write('info', 'hunts', line),
    });
  }

  #watchdog(): Watchdog | undefined {
    const { api, log } = this.#options;
    try {
      return faultWatchdog(api);
    } catch (error) {
      if (!isPodscopeError(error, 'FAULT_WATCHDOG_FAILED')) throw error;
      log.write('warning', 'hunts', `${error.message} A killed session leaves its faults to "podscope fault recover".`);
      return undefined;
    }
  }
}
