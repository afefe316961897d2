import { PodscopeError } from '@podscope/core';
import type { Behaviour, RedisEndpoint, TimedBehaviour, WebReply, WebRequest } from '@podscope/guestbook/web';
import { builtInPaths } from '@podscope/guestbook/web';
import type { PartState } from '../../../control/api.ts';
import type { PodRuntime } from '../cluster/actuator.ts';
import type { ModelPod } from '../cluster/model.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { NodeChild } from './nodeChild.ts';
import { PartWatch } from './partWatch.ts';
import type { ProcessLog } from './processLog.ts';

export interface WebTierOptions {
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** Directory of the containers' logs. */
  readonly logs: string;
  /** The one address in front of all pods. */
  readonly port: number;
  readonly redis: readonly RedisEndpoint[];
  /** A pod's listener is gone although nobody asked for it. */
  readonly onPodExit: (pod: ModelPod, reason: string) => void;
}

type Child = NodeChild<WebRequest, WebReply>;
type Answer<Type extends WebReply['type']> = Extract<WebReply, { type: Type }>;

/** The web pods: listeners in one host process behind one address. The process is started again when it dies. */
export class WebTier implements PodRuntime {
  readonly #options: WebTierOptions;
  readonly #pods = new Map<string, ModelPod>();
  readonly #published = new Set<string>();
  #child: Promise<Child> | undefined;
  readonly #watch = new PartWatch('web');
  #closed = false;

  constructor(options: WebTierOptions) {
    this.#options = options;
  }

  /** Starts the host process, so that the address is there before the first pod. */
  async open(): Promise<void> {
    await this.#host();
  }

  get part(): PartState {
    return this.#watch.part;
  }

  async start(pod: ModelPod): Promise<number> {
    const host = await this.#host();
    const answer = await host.request(
      { type: 'addPod', pod: { name: pod.name, namespace: pod.namespace, container: pod.container, containerId: pod.containerId, ...(pod.node === null ? {} : { node: pod.node }) } },
      (reply): reply is Answer<'podStarted' | 'podFailed'> => (reply.type === 'podStarted' || reply.type === 'podFailed') && reply.name === pod.name,
    );
    if (answer.type === 'podFailed') throw new PodscopeError('POD_START_FAILED', `The web pod ${pod.name} did not start: ${answer.message}`, { hint: 'It is tried again; see "podscope describe pod/<name>".' });
    this.#pods.set(pod.name, pod);
    return answer.port;
  }

  async stop(pod: ModelPod): Promise<void> {
    if (!this.#pods.delete(pod.name)) return;
    const host = await this.#host();
    await host.request({ type: 'removePod', name: pod.name }, (reply): reply is Answer<'podStopped'> => reply.type === 'podStopped' && reply.name === pod.name);
  }

  /** The web tier serves this path from now on. @throws PodscopeError from the web host for a path that can't be */
  async publish(path: string): Promise<void> {
    await this.#setPage('publish', path);
    this.#published.add(path);
  }

  async unpublish(path: string): Promise<void> {
    await this.#setPage('unpublish', path);
    this.#published.delete(path);
  }

  /** What a pod was told to do beside its work. @throws PodscopeError from the web host: GUESTBOOK_POD_UNKNOWN */
  behaviours(pod: string): Promise<readonly TimedBehaviour[]> {
    return this.#behave({ type: 'behaviours', pod });
  }

  /** Tells a pod to do something for so many seconds. @throws PodscopeError from the web host: GUESTBOOK_POD_UNKNOWN, GUESTBOOK_BEHAVIOUR_INVALID */
  async behave(pod: string, id: string, behaviour: Behaviour, seconds: number): Promise<void> {
    await this.#behave({ type: 'behave', pod, id, behaviour, seconds });
  }

  /** Nothing of that id is fine. @throws PodscopeError from the web host: GUESTBOOK_POD_UNKNOWN */
  async unbehave(pod: string, id: string): Promise<void> {
    await this.#behave({ type: 'unbehave', pod, id });
  }

  /** Every path that the web tier serves; the archive's pages are left out. */
  get pages(): readonly string[] {
    return [...new Set([...builtInPaths, ...this.#published])].toSorted();
  }

  /** The paths that were published on top of those that are always there. */
  get published(): readonly string[] {
    return [...this.#published].toSorted();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = await this.#child?.catch(() => undefined);
    await child?.end();
  }

  async #setPage(type: 'publish' | 'unpublish', path: string): Promise<void> {
    const host = await this.#host();
    const done = type === 'publish' ? 'published' : 'unpublished';
    const answer = await host.request({ type, path }, (reply): reply is Answer<'published' | 'unpublished' | 'failed'> =>
      (reply.type === done || (reply.type === 'failed' && reply.request === type)) && reply.path === path);
    if (answer.type === 'failed') throw new PodscopeError(answer.error.code, answer.error.message, answer.error.hint === undefined ? {} : { hint: answer.error.hint });
  }

  async #behave(request: Extract<WebRequest, { type: 'behave' | 'unbehave' | 'behaviours' }>): Promise<readonly TimedBehaviour[]> {
    const host = await this.#host();
    const answer = await host.request(request, (reply): reply is Answer<'behaviours' | 'failed'> =>
      (reply.type === 'behaviours' || (reply.type === 'failed' && reply.request === request.type)) && reply.pod === request.pod);
    if (answer.type === 'behaviours') return answer.behaviours;
    throw new PodscopeError(answer.error.code, answer.error.message, answer.error.hint === undefined ? {} : { hint: answer.error.hint });
  }

  #host(): Promise<Child> {
    if (this.#closed) return Promise.reject(new PodscopeError('PROCESS_ENDED', 'The web tier was ended.', { hint: 'Run "podscope up" again.' }));
    this.#child ??= this.#fork();
    return this.#child;
  }

  async #fork(): Promise<Child> {
    const { ledger, log, logs, port, redis } = this.#options;
    const child: Child = new NodeChild({
      name: 'web',
      ledger,
      log,
      onExit: (reason, wanted) => {
        this.#watch.ended(reason);
        this.#child = undefined;
        if (wanted) return;
        const lost = [...this.#pods.values()];
        this.#pods.clear();
        for (const pod of lost) this.#options.onPodExit(pod, reason);
      },
    });
    try {
      const answer = await child.request(
        { type: 'configure', redis, logDir: logs, balancerPort: port, pages: [...this.#published] },
        (reply): reply is Answer<'configured' | 'failed'> => reply.type === 'configured' || (reply.type === 'failed' && reply.request === 'configure'),
      );
      if (answer.type === 'configured') {
        this.#watch.started(child.pid);
        return child;
      }
      throw new PodscopeError(answer.error.code, answer.error.message, answer.error.hint === undefined ? {} : { hint: answer.error.hint });
    } catch (error) {
      await child.end();
      throw error;
    }
  }
}
