import { join } from 'node:path';
import type { ConsoleServer } from '@podscope/console/server';
import type { PartState } from '../../../control/api.ts';
import { controlHandlers, type PublicVerbs } from '../../../control/controlHandlers.ts';
import type { KeptSystem, SystemHooks } from '../../../control/keepRunning.ts';
import { type ControlServer, startControlServer } from '../../../control/server.ts';
import { passToChildren, readEnvironment } from '../../../environment.ts';
import { dataStreams } from '../../../indices/setup.ts';
import { consoleAssets } from '../../embedded/entry.ts';
import { Ledger } from '../../../ledger/ledger.ts';
import { lockRunDir } from '../../../ledger/lock.ts';
import { OWNER_VARIABLE } from '../../../ledger/processes.ts';
import { type Reaper, startReaper } from '../../../ledger/reaper.ts';
import { PartWatch } from '../../embedded/supervisor/partWatch.ts';
import { reservePort } from '../../embedded/supervisor/ports.ts';
import { openProcessLog, type ProcessLog } from '../../embedded/supervisor/processLog.ts';
import { Progress } from '../../embedded/supervisor/progress.ts';
import { checkRunDirectory, prepareRunDirectory, socketPath } from '../../embedded/supervisor/runDirectory.ts';
import { SavedVisualizations } from '../../embedded/supervisor/savedVisualizations.ts';
import { brokenOff } from '../../embedded/supervisor/startSteps.ts';
import type { StartedSystem } from '../../embedded/supervisor/supervisor.ts';
import { Visitors } from '../../embedded/supervisor/visitors.ts';
import { sweepLedger } from '../../../ledger/sweep.ts';
import { connectNamed } from '../connection/connect.ts';
import { type ClusterWatch, watchCluster } from './clusterWatch.ts';
import { linkGuestbook } from './guestbookLink.ts';
import { reachOpenSearch } from './openSearchReach.ts';
import type { SessionOptions } from './options.ts';
import { publishedPaths } from './publishedPages.ts';
import { redisForwards } from './redisForwards.ts';
import { SessionHunts } from './sessionHunts.ts';
import { sessionVerbs } from './sessionVerbs.ts';

/** What is open, in the order in which it was opened; closed from its end. */
interface Open {
  readonly what: string;
  close(): unknown;
}

/**
 * Joins this machine to a cluster on which the workshop runs: the console, the control socket, the visitors and the hunts, all through the
 * API server. What runs on the cluster is not its own: ending a session leaves it there, with every fault reverted.
 */
export class Session implements KeptSystem {
  readonly #options: SessionOptions;
  readonly #hooks: SystemHooks;
  readonly #open: Open[] = [];
  readonly #reaperWatch = new PartWatch('reaper');
  #release: (() => void) | undefined;
  #ledger: Ledger | undefined;
  #reaper: Reaper | undefined;
  #log: ProcessLog | undefined;
  #visitors: Visitors | undefined;
  #watch: ClusterWatch | undefined;
  #console: ConsoleServer | undefined;
  #control: ControlServer | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: SessionOptions, hooks: SystemHooks) {
    this.#options = options;
    this.#hooks = hooks;
  }

  /**
   * Opens everything. After a failure call {@link stop}.
   *
   * @throws PodscopeError UP_ALREADY_RUNNING, RUN_DIR_VERSION, PORT_TAKEN, KUBE_UNREACHABLE, KUBE_FORBIDDEN, and what the parts throw.
   */
  async start(): Promise<StartedSystem> {
    const progress = new Progress(this.#hooks.onProgress);
    const { runDir, target, seed } = this.#options;
    const { guestbook, logging, agents, opensearch: search } = target.namespaces;
    const namespaces = [guestbook, ...new Set([logging, agents, search].filter((name) => name !== guestbook))] as const;
    const { api, ports, workshop } = await progress.step('checks', 'asking the cluster', () => this.#check(), () => 'it answers');
    this.#goOn();
    prepareRunDirectory(runDir);
    const log = openProcessLog(join(runDir, 'logs', 'supervisor.log'));
    this.#log = log;
    log.write('info', 'session', `process ${process.pid} joins the context ${api.context}`);
    const ledger = new Ledger(runDir, socketPath(runDir), 'session');
    this.#ledger = ledger;
    passToChildren(OWNER_VARIABLE, ledger.owner);
    this.#startReaper(ledger, log);
    for (const [name, port] of Object.entries(ports)) ledger.port(name, port);

    const watch = this.#keep('the watches', await watchCluster(api, namespaces));
    this.#watch = watch;
    const opensearch = this.#keep('OpenSearch’s forward', await reachOpenSearch(api, this.#options));
    const redis = this.#keep('Redis’ forwards', redisForwards(api, () => redisPods(watch, guestbook)));
    this.#goOn();
    const urls = { console: `http://127.0.0.1:${ports.console}`, opensearch: opensearch.url, guestbook: `http://127.0.0.1:${ports.guestbook}` };
    const visitors = this.#keep('the visitors', new Visitors({ ledger, log, url: urls.guestbook, seed, rate: this.#options.visitorRate }));
    this.#visitors = visitors;
    if (target.guestbook === 'podscope') {
      const link = await progress.step('guestbook', 'letting visitors in', () => linkGuestbook({ api, namespace: guestbook, port: ports.guestbook, redis, visitors, seed, log }), ({ open }) => (open ? urls.guestbook : 'nobody visits yet: the guestbook or its Redis does not answer; it is tried again'));
      this.#keep('the guestbook’s forward', link);
    }
    const rollover = async (): Promise<{ readonly indices: readonly string[] }> => {
      const answers = await Promise.all(Object.values(dataStreams).map((stream) => opensearch.administer('POST', `/${encodeURIComponent(stream)}/_rollover`)));
      return { indices: answers.map((answer) => (answer as { readonly new_index: string }).new_index) };
    };
    const pages = publishedPaths(redis);
    const verbs: PublicVerbs = sessionVerbs({ api, watch, namespaces, redis, visitors, pages, urls, rollover });
    const hunts = this.#keep('hunts and faults', new SessionHunts({ api, verbs, redis, pages, visitors, search: opensearch.search, runDir, seed, log, workshop }));
    const handlers = controlHandlers({ verbs, hunts, parts: () => this.#parts(), shipping: () => [], end: () => this.#end(), onDown: this.#hooks.onDown });
    this.#control = await startControlServer(ledger.content.socket, handlers, (error) => log.write('error', 'control', describe(error)));
    await progress.step('console', 'starting the console', async () => {
      const saved = new SavedVisualizations(runDir);
      const [{ createConsoleServer }] = await Promise.all([import('@podscope/console/server'), saved.load()]);
      this.#console = await createConsoleServer({
        port: ports.console,
        assetsDir: consoleAssets(),
        opensearchUrl: opensearch.url,
        sendToOpenSearch: opensearch.send,
        savedObjects: () => [...workshop.objects, ...saved.objects],
        saveObject: (object) => saved.save(object),
        control: handlers,
        onError: (error) => log.write('error', 'console', describe(error)),
      });
    }, () => urls.console);
    this.#goOn();
    log.write('info', 'session', `ready after ${progress.timings.total} ms`);
    return { urls, timings: progress.timings, socket: ledger.content.socket };
  }

  report(error: unknown): void {
    this.#log?.write('error', 'session', describe(error));
  }

  async stop(): Promise<void> {
    await this.#end();
    await this.#control?.close();
    this.#release?.();
  }

  /** @throws PodscopeError PROCESS_ENDED */
  #goOn(): void {
    if (this.#stopping !== undefined) throw brokenOff();
  }

  #keep<Part extends { close(): unknown }>(what: string, part: Part): Part {
    this.#open.push({ what, close: () => part.close() });
    return part;
  }

  async #check() {
    const { runDir, ports, context, kubeconfig } = this.#options;
    checkRunDirectory(runDir);
    this.#release = lockRunDir(runDir);
    await sweepLedger(runDir);
    const { loadWorkshop } = await import('../../../config/loadWorkshop.ts');
    const workshop = await loadWorkshop(this.#options.config);
    const api = this.#keep('the connection', await connectNamed({ context, kubeconfig }, readEnvironment().kubernetes));
    await api.version();
    const [guestbook, console] = await Promise.all([
      reservePort(ports.guestbook, 'the guestbook'),
      reservePort(ports.console, 'the console'),
    ]);
    return { api, ports: { guestbook, console }, workshop };
  }

  #startReaper(ledger: Ledger, log: ProcessLog): void {
    this.#reaper = startReaper(ledger, {
      onStart: (pid) => this.#reaperWatch.started(pid),
      onLoss: (reason) => {
        this.#reaperWatch.ended(reason);
        log.write('error', 'reaper', `it ended: ${reason}; another one takes its place`);
      },
    });
  }

  #parts(): readonly PartState[] {
    const problem = this.#watch?.problem() ?? null;
    const cluster: PartState = { name: 'cluster', running: problem === null, pid: null, restarts: 0, problem };
    return [cluster, ...(this.#visitors === undefined ? [] : [this.#visitors.part]), this.#reaperWatch.part];
  }

  /** Ends everything but the control socket, over which the order to end may have come. */
  #end(): Promise<void> {
    this.#stopping ??= (async () => {
      await this.#console?.close();
      for (const { what, close } of this.#open.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          this.#log?.write('warning', 'session', `ending ${what}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      this.#log?.write('info', 'session', 'everything has ended');
      await this.#log?.close();
      this.#reaper?.close();
      this.#ledger?.remove();
    })();
    return this.#stopping;
  }
}

function redisPods(watch: ClusterWatch, namespace: string) {
  return watch.facts().pods.filter((pod) => pod.namespace === namespace && !pod.terminating && pod.phase === 'Running' && /^redis-(primary|replica)$/.test(pod.labels['app'] ?? ''));
}

/** An unexpected error with its stack, for the log only. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
