import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterState, ExecResult } from '@podscope/console/api';
import { PodscopeError } from '@podscope/core';
import type { Actuator } from '../cluster/actuator.ts';
import type { ModelPod } from '../cluster/model.ts';
import { viewOf } from '../cluster/view.ts';
import type { SupervisorUrls } from '../protocol.ts';
import { execRedisCli } from '../../../redis/exec.ts';
import type { RedisTier } from '../redis/tier.ts';
import type { CollectorTier } from './collector.ts';
import { podLog } from './containerLog.ts';
import type { AskOpenSearch } from './opensearchHttp.ts';
import type { Visitors } from './visitors.ts';
import type { WebTier } from './webTier.ts';

/** The parts of a running system that the public verbs act on. */
export interface SystemParts {
  readonly actuator: Actuator;
  readonly redis: RedisTier;
  readonly redisPorts: ReadonlyMap<string, number>;
  readonly web: WebTier;
  readonly visitors: Visitors;
  readonly collector: CollectorTier;
  readonly askOpenSearch: AskOpenSearch;
  /** Names of the data streams. */
  readonly streams: readonly string[];
  /** Directory of the containers' logs. */
  readonly logs: string;
  readonly urls: SupervisorUrls;
}

/** The deployment whose replicas may be changed. */
const SCALABLE = 'frontend';
const MOST_REPLICAS = 1_000;
const RESTART_TIMEOUT = 60_000;
const MOST_LOG_LINES = 10_000;

/** The public verbs: what the commands, the console and the learners do to the system. */
export class Verbs {
  readonly #parts: SystemParts;

  constructor(parts: SystemParts) {
    this.#parts = parts;
  }

  async state(): Promise<ClusterState> {
    const { actuator, visitors, web, urls } = this.#parts;
    const clients = await visitors.clients();
    return { target: 'embedded', ...viewOf(actuator.model), clients, pages: web.pages, events: actuator.events, urls };
  }

  /** @throws PodscopeError DEPLOYMENT_NOT_FOUND, NOT_SCALABLE, BAD_REPLICAS */
  async scale(name: string, replicas: number): Promise<void> {
    const { actuator } = this.#parts;
    const deployment = name.replace(/^deployment\//, '');
    this.#deployment(deployment);
    if (deployment !== SCALABLE) {
      throw new PodscopeError('NOT_SCALABLE', `The deployment ${deployment} has a fixed number of pods.`, { hint: `Only ${SCALABLE} can be scaled.` });
    }
    if (!Number.isInteger(replicas) || replicas < 0 || replicas > MOST_REPLICAS) {
      throw new PodscopeError('BAD_REPLICAS', `${replicas} is no number of replicas.`, { hint: `Give a whole number from 0 to ${MOST_REPLICAS}.` });
    }
    actuator.dispatch({ type: 'scale', deployment, replicas, at: new Date().toISOString() });
  }

  /**
   * `deployment/frontend`: its pods one by one. `pod/redis-primary-0`: that one. Resolves when what replaces them runs.
   *
   * @throws PodscopeError DEPLOYMENT_NOT_FOUND, POD_NOT_FOUND, RESTART_TIMEOUT
   */
  async restart(target: string): Promise<void> {
    const { actuator } = this.#parts;
    if (!target.startsWith('deployment/')) {
      await this.#restartPod(this.#pod(target.replace(/^pod\//, '')));
      return;
    }
    const name = target.slice('deployment/'.length);
    this.#deployment(name);
    for (const pod of actuator.model.pods.filter((each) => each.deployment === name && each.node !== null)) await this.#restartPod(pod);
  }

  async #restartPod(pod: ModelPod): Promise<void> {
    const { actuator } = this.#parts;
    actuator.dispatch({ type: 'delete', pod: pod.name, at: new Date().toISOString() });
    const deadline = Date.now() + RESTART_TIMEOUT;
    for (;;) {
      await sleep(20);
      const ours = actuator.model.pods.filter((each) => each.deployment === pod.deployment);
      const isGone = !ours.some((each) => each.containerId === pod.containerId);
      if (isGone && ours.every((each) => each.ready || each.reason === 'Unschedulable')) return;
      if (Date.now() > deadline) {
        throw new PodscopeError('RESTART_TIMEOUT', `The pod ${pod.name} was not replaced within ${RESTART_TIMEOUT / 1000} s.`, { hint: `See "podscope describe pod/${pod.name}".` });
      }
    }
  }

  /** @throws PodscopeError POD_NOT_FOUND, EXEC_REFUSED, NO_REDIS */
  async exec(name: string, command: readonly string[]): Promise<ExecResult> {
    const { redis, redisPorts } = this.#parts;
    const pod = this.#pod(name.replace(/^pod\//, ''));
    if (!redisPorts.has(pod.name)) {
      throw new PodscopeError('EXEC_REFUSED', `The pod ${pod.name} has no programs to run: its server is a listener in a shared process.`, { hint: 'Only redis-cli in a Redis pod can be run.' });
    }
    const result = await execRedisCli(redis.port(pod.name), command, [...redisPorts.values()]);
    await redis.observeRoles();
    return result;
  }

  /** @throws PodscopeError POD_NOT_FOUND */
  async logs(name: string, tail: number): Promise<readonly string[]> {
    const pod = name.replace(/^pod\//, '');
    const count = Number.isInteger(tail) && tail > 0 ? Math.min(tail, MOST_LOG_LINES) : 100;
    const lines = await podLog(this.#parts.logs, pod, count);
    if (lines.length === 0) this.#pod(pod);
    return lines;
  }

  stopClient(id: string): Promise<void> {
    return this.#parts.visitors.stopClient(id);
  }

  publish(path: string): Promise<void> {
    return this.#parts.web.publish(path);
  }

  setVisitorRate(rate: number): Promise<void> {
    return this.#parts.visitors.setRate(rate);
  }

  /** Drains the collector, rolls every data stream over and goes on. @throws PodscopeError from the collector */
  async rollover(): Promise<{ readonly indices: readonly string[] }> {
    const { collector, askOpenSearch, streams } = this.#parts;
    const answers = await collector.pausedFor(async () => {
      const made: string[] = [];
      for (const stream of streams) {
        const answer = (await askOpenSearch('POST', `/${encodeURIComponent(stream)}/_rollover`)) as { new_index: string };
        made.push(answer.new_index);
      }
      return made;
    });
    return { indices: answers };
  }

  #deployment(name: string): void {
    if (this.#parts.actuator.model.deployments.some((each) => each.name === name)) return;
    throw new PodscopeError('DEPLOYMENT_NOT_FOUND', `There is no deployment ${name}.`, { hint: 'See "podscope get deployments".' });
  }

  #pod(name: string): ModelPod {
    const pod = this.#parts.actuator.model.pods.find((each) => each.name === name);
    if (pod !== undefined) return pod;
    throw new PodscopeError('POD_NOT_FOUND', `There is no pod ${name}.`, { hint: 'See "podscope get pods".' });
  }
}
