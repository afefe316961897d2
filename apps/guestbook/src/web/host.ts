import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { createApp, type App } from './app.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import { openLogFile } from './logFile.ts';
import { publishedPages, type PublishedPages } from './pages.ts';
import { type RunningPod, startPod } from './podServer.ts';
import type { ConfigureRequest, WebFailure, WebPod, WebReply, WebRequest } from './protocol.ts';
import { RedisRoles } from './redisRoles.ts';
import { redisStore } from './store.ts';

type BehaviourRequest = Extract<WebRequest, { type: 'behave' | 'unbehave' | 'behaviours' }>;

interface Site {
  readonly logDir: string;
  readonly redis: RedisRoles;
  readonly pages: PublishedPages;
  readonly app: App;
  readonly balancer: Balancer;
}

/** Every web pod of the embedded cluster, in one process. */
export class WebHost {
  #site: Promise<Site> | undefined;
  readonly #pods = new Map<string, Promise<RunningPod>>();
  readonly #stopping = new Map<string, Promise<void>>();

  /** Does what one message asks. Never rejects. */
  async handle(request: WebRequest): Promise<WebReply> {
    try {
      return await this.#answer(request);
    } catch (error) {
      const failure = asFailure(error);
      if (request.type === 'addPod') {
        return { type: 'podFailed', name: request.pod.name, message: failure.message, error: failure };
      }
      return { type: 'failed', request: request.type, ...('path' in request ? { path: request.path } : {}), ...('pod' in request ? { pod: request.pod } : {}), error: failure };
    }
  }

  /** Ends at once: closes the address, stops every pod, and writes out the logs. */
  async close(): Promise<void> {
    const site = await this.#site?.catch(() => undefined);
    if (site === undefined) return;
    await site.balancer.close();
    // Without its connections, a request that waits for Redis ends soon and is logged.
    site.redis.close();
    await Promise.all([...this.#pods.keys()].map((name) => this.#removePod(name)));
  }

  async #answer(request: WebRequest): Promise<WebReply> {
    switch (request.type) {
      case 'configure':
        return await this.#configure(request);
      case 'addPod':
        return { type: 'podStarted', name: request.pod.name, port: (await this.#addPod(request.pod)).port };
      case 'removePod':
        await this.#removePod(request.name);
        return { type: 'podStopped', name: request.name };
      case 'setRedis':
        (await this.#configured()).redis.setEndpoints(request.redis);
        return { type: 'redisSet' };
      case 'publish':
        (await this.#configured()).pages.publish(request.path);
        return { type: 'published', path: request.path };
      case 'unpublish':
        (await this.#configured()).pages.unpublish(request.path);
        return { type: 'unpublished', path: request.path };
      case 'pages':
        return { type: 'pages', pages: (await this.#configured()).pages.list() };
      case 'behave':
      case 'unbehave':
      case 'behaviours':
        return await this.#behave(request);
    }
  }

  async #configure(request: ConfigureRequest): Promise<WebReply> {
    if (this.#site !== undefined) {
      throw new PodscopeError('GUESTBOOK_CONFIGURED_TWICE', 'The web host is configured already.', {
        hint: 'Send setRedis, publish and addPod to change it.',
      });
    }
    this.#site = openSite(request);
    try {
      return { type: 'configured', balancerPort: (await this.#site).balancer.port };
    } catch (error) {
      this.#site = undefined;
      throw error;
    }
  }

  #configured(): Promise<Site> {
    if (this.#site !== undefined) return this.#site;
    throw new PodscopeError('GUESTBOOK_NOT_CONFIGURED', 'The web host has not been configured.', {
      hint: 'Send configure first.',
    });
  }

  async #behave(request: BehaviourRequest): Promise<WebReply> {
    const running = await this.#pods.get(request.pod);
    if (running === undefined) {
      throw new PodscopeError('GUESTBOOK_POD_UNKNOWN', `There is no web pod ${request.pod}.`, { hint: 'Add it first.' });
    }
    if (request.type === 'behave') running.board.set(request.id, request.behaviour, request.seconds);
    if (request.type === 'unbehave') running.board.remove(request.id);
    return { type: 'behaviours', pod: request.pod, behaviours: running.board.list() };
  }

  async #addPod(pod: WebPod): Promise<RunningPod> {
    const site = await this.#configured();
    if (this.#pods.has(pod.name)) {
      throw new PodscopeError('GUESTBOOK_POD_EXISTS', `The web pod ${pod.name} runs already.`, {
        hint: 'Remove it first, or give the new pod another name.',
      });
    }
    const starting = start(pod, site);
    this.#pods.set(pod.name, starting);
    try {
      const running = await starting;
      site.balancer.add(pod.name, running.port);
      return running;
    } catch (error) {
      this.#pods.delete(pod.name);
      throw error;
    }
  }

  #removePod(name: string): Promise<void> {
    const running = this.#pods.get(name);
    if (running === undefined) return Promise.resolve();
    const before = this.#stopping.get(name);
    if (before !== undefined) return before;
    const stopping = this.#drain(name, running).finally(() => {
      this.#pods.delete(name);
      this.#stopping.delete(name);
    });
    this.#stopping.set(name, stopping);
    return stopping;
  }

  async #drain(name: string, running: Promise<RunningPod>): Promise<void> {
    const pod = await running.catch(() => undefined);
    await (await this.#site)?.balancer.remove(name);
    await pod?.stop();
  }
}

async function openSite(request: ConfigureRequest): Promise<Site> {
  const pages = publishedPages(request.pages);
  makeLogDirectory(request.logDir);
  const balancer = await startBalancer(request.balancerPort);
  const redis = new RedisRoles(request.redis);
  return { logDir: request.logDir, pages, redis, balancer, app: createApp(redisStore(redis), pages) };
}

function makeLogDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new PodscopeError('GUESTBOOK_LOG_DIRECTORY', `The log directory ${path} cannot be made.`, {
      hint: 'Check that the disk has room and that the directory above may be written to.',
      cause: error,
    });
  }
}

async function start(pod: WebPod, site: Site): Promise<RunningPod> {
  const file = join(site.logDir, `${pod.name}_${pod.namespace}_${pod.container}-${pod.containerId}.log`);
  const log = openLogFile(file);
  try {
    return await startPod({ name: pod.name, node: pod.node, app: site.app, log });
  } catch (error) {
    log.close();
    throw error;
  }
}

function asFailure(error: unknown): WebFailure {
  if (isPodscopeError(error)) {
    return { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
  return { code: 'GUESTBOOK_UNEXPECTED', message: error instanceof Error ? error.message : String(error) };
}
