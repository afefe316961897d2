import { join } from 'node:path';
import type { ConsoleServer } from '@podscope/console/server';
import { DEFAULT_VERSION, type ProgressEvent } from '@podscope/embedded-opensearch';
import type { Engine } from '@podscope/log-shippers';
import type { PartState } from '../../../control/api.ts';
import { controlHandlers } from '../../../control/controlHandlers.ts';
import type { ControlHandlers } from '../../../control/handlers.ts';
import type { KeptSystem, SystemHooks } from '../../../control/keepRunning.ts';
import type { LoadedWorkshop } from '../../../config/loadWorkshop.ts';
import { type ControlServer, startControlServer } from '../../../control/server.ts';
import { passToChildren } from '../../../environment.ts';
import { consoleAssets } from '../entry.ts';
import { Ledger } from '../../../ledger/ledger.ts';
import { lockRunDir } from '../../../ledger/lock.ts';
import { OWNER_VARIABLE } from '../../../ledger/processes.ts';
import { type Reaper, startReaper } from '../../../ledger/reaper.ts';
import type { SupervisorOptions, SupervisorTimings, SupervisorUrls } from '../protocol.ts';
import { chooseShippers, engineOf, type ShippersPlan } from '../shippers/choose.ts';
import { findPrograms } from '../shippers/find.ts';
import { handOver } from '../shippers/handover.ts';
import { sweepLedger } from '../../../ledger/sweep.ts';
import { checkMachine } from './checks.ts';
import { Hunts } from './hunts.ts';
import { indexClient } from './opensearchHttp.ts';
import { composeSystem, type System } from './parts.ts';
import { PartWatch } from './partWatch.ts';
import { reservePort } from './ports.ts';
import { openProcessLog, type ProcessLog } from './processLog.ts';
import { Progress } from './progress.ts';
import { keepRetention } from './retention.ts';
import { RealShippers } from './realShippers.ts';
import { checkRunDirectory, prepareRunDirectory, socketPath } from './runDirectory.ts';
import { SavedVisualizations } from './savedVisualizations.ts';
import { Shippers } from './shippers.ts';
import { brokenOff, StartSteps } from './startSteps.ts';
import { stopSystem } from './stop.ts';
import { Verbs } from './verbs.ts';

/** A started system. */
export interface StartedSystem {
  readonly urls: SupervisorUrls;
  readonly timings: SupervisorTimings;
  /** Path of the control socket. */
  readonly socket: string;
}

/** Owns every process of one run directory, from the first check to the last byte on disk. */
export class Supervisor implements KeptSystem {
  readonly #options: SupervisorOptions;
  readonly #hooks: SystemHooks;
  readonly #indices = Promise.withResolvers<void>();
  #release: (() => void) | undefined;
  #ledger: Ledger | undefined;
  #reaper: Reaper | undefined;
  readonly #reaperWatch = new PartWatch('reaper');
  #log: ProcessLog | undefined;
  #system: System | undefined;
  #hunts: Hunts | undefined;
  #shippers: Shippers | undefined;
  #real: RealShippers | undefined;
  #plan: ShippersPlan | undefined;
  #retention: ReturnType<typeof keepRetention> | undefined;
  #control: ControlServer | undefined;
  #console: ConsoleServer | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: SupervisorOptions, hooks: SystemHooks) {
    this.#options = options;
    this.#hooks = hooks;
    // Nobody may be waiting for it when the start is broken off.
    this.#indices.promise.catch(() => undefined);
  }

  /**
   * Starts everything; resolves when the first dashboard has data. After a failure call {@link stop}.
   *
   * @throws PodscopeError UP_ALREADY_RUNNING, RUN_DIR_VERSION, PORT_TAKEN, NO_REDIS, NO_DISK_SPACE, SHIPPER_ENDS, and what the parts throw.
   */
  async start(): Promise<StartedSystem> {
    const progress = new Progress(this.#hooks.onProgress);
    const { ports, workshop, plan, engine } = await progress.step('checks', 'looking at the machine', () => this.#check(), () => 'the machine is fit');
    this.#goOn();
    const { runDir } = this.#options;
    prepareRunDirectory(runDir);
    const log = openProcessLog(join(runDir, 'logs', 'supervisor.log'));
    this.#log = log;
    log.write('info', 'supervisor', `process ${process.pid} starts everything in ${runDir}`);
    for (const { source, from, to, files } of handOver(runDir, plan.shipping)) log.write('info', 'supervisor', `${to} ships ${source} from now on; ${files} logs that ${from} has shipped are in logs/shipped`);
    const ledger = new Ledger(runDir, socketPath(runDir));
    this.#ledger = ledger;
    passToChildren(OWNER_VARIABLE, ledger.owner);
    this.#startReaper(ledger, log);

    const install = openSearchSteps(progress);
    const system = await composeSystem({ options: this.#options, ports, ledger, log, indicesReady: this.#indices.promise, leftOut: plan.shipping.flatMap(({ source, by }) => (by === 'built-in' ? [] : [source])), onOpenSearch: install.onProgress });
    this.#plan = plan;
    this.#real = new RealShippers({ ledger, log, plan, engine, places: { opensearch: system.urls.opensearch, runDir } });
    this.#goOn();
    this.#system = system;
    const verbs = new Verbs(system);
    const hunts = new Hunts({ system, verbs, runDir, seed: this.#options.seed, log, workshop });
    this.#hunts = hunts;
    const handlers = controlHandlers({ verbs, hunts, parts: () => this.#parts(), shipping: () => this.#plan?.shipping ?? [], end: () => this.#end(), onDown: this.#hooks.onDown });
    this.#control = await startControlServer(ledger.content.socket, handlers, (error) => log.write('error', 'control', describe(error)));

    // OpenSearch is what takes long: everything else starts while it boots. Not before, because where there is no Java,
    // or no server to be had, nothing at all is to be started.
    const opensearch = system.opensearch.start().then(() => install.end());
    await Promise.race([install.booting, opensearch]);
    this.#goOn();
    const steps = new StartSteps({ system, workshop, seed: this.#options.seed, log, isBrokenOff: () => this.#stopping !== undefined, failure: () => this.#real?.failure });
    const redis = progress.step('redis', 'starting three Redis processes', () => steps.redis(), () => 'one primary and two replicas answer');
    const indices = async (): Promise<number> => {
      const made = await steps.indices();
      this.#indices.resolve();
      return made;
    };
    await Promise.all([
      opensearch.then(() => progress.step('indices', 'putting templates and data streams there', indices, (count) => (count === 0 ? 'nothing to change' : `${count} made`))),
      progress.step('guestbook', 'starting the web pods', () => steps.guestbook(redis), () => system.urls.guestbook),
      progress.step('collector', 'starting the collector', () => steps.collector(), () => 'it ships'),
      progress.step('console', 'starting the console', () => this.#startConsole(system, handlers, log, workshop), () => system.urls.console),
    ]);
    await hunts.recoverLeftovers();
    this.#goOn();
    this.#shippers = new Shippers({ ledger, log, places: { opensearch: system.urls.opensearch, runDir } });
    this.#shippers.start(workshop.shippers);
    await this.#real.start();
    await progress.step('first-dashboard', 'waiting for the first documents', () => steps.firstDocuments(), () => 'the overview has data');
    this.#retention = keepRetention({ client: indexClient(system.askOpenSearch), setup: workshop.indices, log });
    log.write('info', 'supervisor', `ready after ${progress.timings.total} ms`);
    return { urls: system.urls, timings: progress.timings, socket: ledger.content.socket };
  }

  /** Writes down an error that nobody was there to take. */
  report(error: unknown): void {
    this.#log?.write('error', 'supervisor', describe(error));
  }

  /** Ends everything in order. May be called at any time and again. */
  async stop(): Promise<void> {
    await this.#end();
    await this.#control?.close();
    this.#release?.();
  }

  /** Told to stop: what does not run yet may not start any more. @throws PodscopeError PROCESS_ENDED */
  #goOn(): void {
    if (this.#stopping !== undefined) throw brokenOff();
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

  /** Ends everything but the control socket, over which the order to end may have come. */
  #end(): Promise<void> {
    this.#stopping ??= (async () => {
      this.#indices.reject(brokenOff());
      await this.#console?.close();
      await this.#shippers?.stop();
      this.#retention?.close();
      if (this.#system !== undefined && this.#log !== undefined) await stopSystem(this.#system, this.#hunts, this.#real, this.#log);
      this.#log?.write('info', 'supervisor', 'everything has ended');
      await this.#log?.close();
      this.#reaper?.close();
      this.#ledger?.remove();
    })();
    return this.#stopping;
  }

  /** In this order, so that whatever fails has changed nothing of a system that runs. */
  async #check(): Promise<{ readonly ports: SupervisorOptions['ports']; readonly workshop: LoadedWorkshop; readonly plan: ShippersPlan; readonly engine: Engine }> {
    const { runDir, ports } = this.#options;
    checkRunDirectory(runDir);
    this.#release = lockRunDir(runDir);
    await sweepLedger(runDir);
    const { loadWorkshop } = await import('../../../config/loadWorkshop.ts');
    const workshop = await loadWorkshop(this.#options.config);
    const engine = engineOf(this.#options.opensearchVersion ?? DEFAULT_VERSION);
    const { mode, ...places } = this.#options.shippers ?? { mode: 'built-in', path: '' };
    const plan = chooseShippers(mode, mode === 'built-in' ? [] : await findPrograms(places), engine);
    const [opensearch, guestbook, console] = await Promise.all([
      reservePort(ports.opensearch, 'OpenSearch'),
      reservePort(ports.guestbook, 'the guestbook'),
      reservePort(ports.console, 'the console'),
      checkMachine(runDir),
    ]);
    return { ports: { opensearch, guestbook, console }, workshop, plan, engine };
  }

  async #startConsole(system: System, control: ControlHandlers, log: ProcessLog, { objects }: LoadedWorkshop): Promise<void> {
    const saved = new SavedVisualizations(this.#options.runDir);
    const [{ createConsoleServer }] = await Promise.all([import('@podscope/console/server'), saved.load()]);
    this.#console = await createConsoleServer({
      port: Number(new URL(system.urls.console).port),
      assetsDir: consoleAssets(),
      opensearchUrl: system.urls.opensearch,
      savedObjects: () => [...objects, ...saved.objects],
      saveObject: (object) => saved.save(object),
      control,
      onError: (error) => log.write('error', 'console', describe(error)),
    });
  }

  /** The processes behind the pods. */
  #parts(): readonly PartState[] {
    const reaper = this.#reaperWatch.part;
    return this.#system === undefined ? [reaper] : [this.#system.opensearch.part, this.#system.web.part, this.#system.visitors.part, ...(this.#real?.parts ?? []), reaper];
  }
}

/** Tells the installation and the boot of OpenSearch apart. */
function openSearchSteps(progress: Progress): { readonly booting: Promise<void>; onProgress(event: ProgressEvent): void; end(): void } {
  const endInstall = progress.begin('opensearch-install', 'looking for OpenSearch');
  let from = 'found';
  let endBoot: ((message: string) => void) | undefined;
  const { promise: booting, resolve } = Promise.withResolvers<void>();
  return {
    booting,
    onProgress(event) {
      if (event.type === 'source' && event.state === 'used') from = event.source;
      // There is a server, and a Java to run it: it is started once for its class archive first.
      if (event.type === 'class-archive') resolve();
      if (event.type !== 'starting' || endBoot !== undefined) return;
      endInstall(`OpenSearch from ${from}`);
      endBoot = progress.begin('opensearch', 'starting OpenSearch');
      resolve();
    },
    end: () => endBoot?.('OpenSearch answers'),
  };
}

/** An unexpected error with its stack, for the log only. */
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
