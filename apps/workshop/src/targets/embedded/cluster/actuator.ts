import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterEvent } from '@podscope/console/api';
import type { ClusterAction, ClusterEffect, ClusterModel, ModelPod } from './model.ts';
import { reduce } from './reduce.ts';

/** Makes the pods of one deployment come true. */
export interface PodRuntime {
  /** Resolves when the pod serves; its loopback port, or null where it has none. */
  start(pod: ModelPod): Promise<number | null>;
  /** Resolves when nothing of the pod runs any more. */
  stop(pod: ModelPod): Promise<void>;
}

/** Where the actuator writes what happened. */
export interface ClusterRecords {
  event(event: ClusterEvent): void;
  /** A line of a node's own log. */
  node(node: string, level: 'info' | 'warning' | 'error', message: string): void;
}

export interface ActuatorOptions {
  readonly model: ClusterModel;
  /** By deployment. */
  readonly runtimes: Readonly<Record<string, PodRuntime>>;
  readonly records: ClusterRecords;
  /** Milliseconds before the first restart of a crashed container; doubles each time. @default 500 */
  readonly backoff?: number;
}

const KEPT_EVENTS = 200;
/** How often it is said again that a pod could not be placed, in milliseconds. */
const REMIND_INTERVAL = 60_000;
const LONGEST_BACKOFF = 30_000;
/** A container that ran this long starts its back-off anew. */
const STABLE = 60_000;

/** Runs the simulation: feeds actions to the reducer, carries out its effects, and feeds back how they ended. */
export class Actuator {
  readonly #options: ActuatorOptions;
  #model: ClusterModel;
  #events: ClusterEvent[] = [];
  #closed = false;
  readonly #reminder: NodeJS.Timeout;
  readonly #work = new Map<string, Promise<void>>();
  readonly #waits = new Map<string, AbortController>();
  readonly #failures = new Map<string, unknown>();
  readonly #crashes = new Map<string, { count: number; startedAt: number }>();

  constructor(options: ActuatorOptions) {
    this.#options = options;
    this.#model = options.model;
    this.#reminder = setInterval(() => this.dispatch({ type: 'remind', at: new Date().toISOString() }), REMIND_INTERVAL);
    this.#reminder.unref();
  }

  get model(): ClusterModel {
    return this.#model;
  }

  /** The last 200 events, oldest first. */
  get events(): readonly ClusterEvent[] {
    return this.#events;
  }

  dispatch(action: ClusterAction): void {
    if (this.#closed) return;
    const { model, events, effects } = reduce(this.#model, action);
    this.#model = model;
    this.#events = [...this.#events, ...events].slice(-KEPT_EVENTS);
    for (const event of events) this.#options.records.event(event);
    for (const effect of effects) this.#enqueue(effect);
  }

  /** Tells that a pod's process or listener ended although nobody asked for it. */
  exited(pod: ModelPod, message: string): void {
    if (pod.node !== null) this.#options.records.node(pod.node, 'error', `container ${pod.container} of pod ${pod.namespace}/${pod.name} died: ${message}`);
    this.dispatch({ type: 'exited', pod: pod.name, containerId: pod.containerId, message, at: new Date().toISOString() });
  }

  /** Resolves when every effect so far, and those that follow from them, are carried out. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work.values());
  }

  /** Why the newest start of a pod failed, if it did. */
  failure(pod: string): unknown {
    return this.#failures.get(pod);
  }

  /** Stops reacting: nothing is started or restarted from now on. Running pods are left to the caller. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#reminder);
    for (const wait of this.#waits.values()) wait.abort();
  }

  #enqueue(effect: ClusterEffect): void {
    const { name } = effect.pod;
    if (effect.kind === 'stop') this.#waits.get(name)?.abort();
    const before = this.#work.get(name) ?? Promise.resolve();
    const mine: Promise<void> = before
      .then(() => (effect.kind === 'start' ? this.#start(effect.pod) : this.#stop(effect.pod)))
      .finally(() => {
        if (this.#work.get(name) === mine) this.#work.delete(name);
      });
    this.#work.set(name, mine);
  }

  #runtime(pod: ModelPod): PodRuntime {
    const runtime = this.#options.runtimes[pod.deployment];
    if (runtime === undefined) throw new TypeError(`Deployment ${pod.deployment} has no runtime.`);
    return runtime;
  }

  #isCurrent(pod: ModelPod): boolean {
    const now = this.#model.pods.find((each) => each.name === pod.name);
    return !this.#closed && now !== undefined && !now.terminating && now.containerId === pod.containerId;
  }

  async #start(pod: ModelPod): Promise<void> {
    if (pod.restarts > 0) await this.#backOff(pod);
    if (!this.#isCurrent(pod)) return;
    const records = this.#options.records;
    const about = `container ${pod.container} of pod ${pod.namespace}/${pod.name}`;
    this.#crashes.set(pod.name, { count: this.#crashes.get(pod.name)?.count ?? 0, startedAt: Date.now() });
    try {
      const port = await this.#runtime(pod).start(pod);
      this.#failures.delete(pod.name);
      records.node(pod.node ?? '', 'info', `started ${about}`);
      this.dispatch({ type: 'started', pod: pod.name, containerId: pod.containerId, port, at: new Date().toISOString() });
    } catch (error) {
      this.#failures.set(pod.name, error);
      this.exited(pod, error instanceof Error ? error.message : String(error));
    }
  }

  async #backOff(pod: ModelPod): Promise<void> {
    const last = this.#crashes.get(pod.name);
    const count = last !== undefined && Date.now() - last.startedAt < STABLE ? last.count + 1 : 1;
    this.#crashes.set(pod.name, { count, startedAt: last?.startedAt ?? Date.now() });
    const wait = new AbortController();
    this.#waits.set(pod.name, wait);
    const delay = Math.min(LONGEST_BACKOFF, (this.#options.backoff ?? 500) * 2 ** (count - 1));
    if (pod.node !== null) this.#options.records.node(pod.node, 'warning', `back-off ${delay} ms restarting pod ${pod.namespace}/${pod.name}`);
    await sleep(delay, undefined, { signal: wait.signal }).catch(() => undefined);
    this.#waits.delete(pod.name);
  }

  async #stop(pod: ModelPod): Promise<void> {
    const records = this.#options.records;
    try {
      await this.#runtime(pod).stop(pod);
      records.node(pod.node ?? '', 'info', `stopped pod ${pod.namespace}/${pod.name}`);
    } catch (error) {
      records.node(pod.node ?? '', 'error', `stopping pod ${pod.namespace}/${pod.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#crashes.delete(pod.name);
    this.#failures.delete(pod.name);
    this.dispatch({ type: 'stopped', pod: pod.name, at: new Date().toISOString() });
  }
}
