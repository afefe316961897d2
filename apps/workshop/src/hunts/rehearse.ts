import { createHash } from 'node:crypto';
import { PodscopeError } from '@podscope/core';
import { beginAttempt, CONTRACT_PARTS, type ContractDriver, type ContractPart, type ContractReport, type ContractResult, runContract, type SearchAnswer, type SearchBody } from '@podscope/mystery-hunts';
import type { ControlClient } from '../control/api.ts';
import { huntCatalogue } from './catalogue.ts';
import { rehearsal as fragmentedRedis } from './fragmented-redis/fixes.ts';
import { rehearsal as notFoundStorm } from './not-found-storm/fixes.ts';
import { readPublicState, type WorkshopHunt } from './publicState.ts';
import { pause, type Rehearsal, type RehearsalSystem } from './rehearsal.ts';
import { rehearsal as runawayReplicas } from './runaway-replicas/fixes.ts';

const REHEARSALS: Readonly<Record<string, Rehearsal>> = {
  'runaway-replicas': runawayReplicas,
  'not-found-storm': notFoundStorm,
  'fragmented-redis': fragmentedRedis,
};
/** Long enough for a sample of everything to come in. */
const HEALTHY_MS = 7_000;

/** What {@link rehearseHunts} takes. */
export interface RehearseOptions {
  readonly control: ControlClient;
  readonly opensearchUrl: string;
  /** Which hunts; all when empty or left out. */
  readonly ids?: readonly string[];
  /** The first seed plays the whole contract, each further one an attempt with one of the two fixes in turn. */
  readonly seeds: readonly string[];
  /** Every seed plays the whole contract. @default false */
  readonly thorough?: boolean;
  /** Ends the rehearsal: the hunt that runs is stopped, no other is started. */
  readonly signal?: AbortSignal;
  /** Told one line for each part. */
  readonly onProgress?: (line: string) => void;
}

/** The outcome: what `podscope hunt rehearse --json` prints. */
export interface RehearsalReport {
  readonly hunts: readonly {
    readonly id: string;
    readonly passed: boolean;
    readonly parts: Readonly<Record<ContractPart, ContractResult>>;
  }[];
}

/**
 * Plays the whole contract of each hunt against the running system, by public verbs and searches only: the answers are
 * found in the data, and every fix is a learner's.
 *
 * @throws PodscopeError HUNT_UNKNOWN; the signal's reason, when everything is put back.
 */
export async function rehearseHunts(options: RehearseOptions): Promise<RehearsalReport> {
  const hunts = pickHunts(options.ids ?? []);
  const outcome: RehearsalReport['hunts'][number][] = [];
  for (const hunt of hunts) {
    const reports: ContractReport[] = [];
    for (const [index, seed] of options.seeds.entries()) {
      const report = await runContract(driverOf(hunt, seed, options), {
        form: index === 0 || options.thorough ? 'whole' : index % 2 === 1 ? 'fixB' : 'fixA',
        onPart: (part, result) => options.onProgress?.(`${hunt.id} ${index + 1}/${options.seeds.length} ${part}: ${result.passed ? 'passed' : 'failed'} (${result.message})`),
      });
      options.signal?.throwIfAborted();
      reports.push(report);
    }
    outcome.push({ id: hunt.id, passed: reports.length > 0 && reports.every((report) => report.passed), parts: merge(reports) });
  }
  return { hunts: outcome };
}

function pickHunts(ids: readonly string[]): readonly WorkshopHunt[] {
  const unknown = ids.find((id) => !Object.hasOwn(REHEARSALS, id));
  if (unknown !== undefined) {
    throw new PodscopeError('HUNT_UNKNOWN', `There is no rehearsal of a hunt "${unknown.slice(0, 80)}".`, { hint: `There are: ${Object.keys(REHEARSALS).join(', ')}.` });
  }
  return huntCatalogue.filter((hunt) => ids.length === 0 || ids.includes(hunt.id));
}

function driverOf(hunt: WorkshopHunt, seed: string, { control, opensearchUrl, signal }: RehearseOptions): ContractDriver {
  const rehearsal = REHEARSALS[hunt.id];
  if (!rehearsal) throw new TypeError(`No rehearsal for ${hunt.id}.`);
  const search = (index: string, body: SearchBody) => searchOver(opensearchUrl, index, body);
  const state = async () => readPublicState(await control.state());
  let started = false;
  let system: RehearsalSystem = { control, search, startedAt: '', injectedAt: '' };
  return {
    async checkHealthy() {
      const { truth, baseline, startedAt } = beginAttempt(hunt, { seed, baseline: await state() });
      await pause(HEALTHY_MS);
      return (await hunt.check({ search, state }, { truth, baseline, startedAt })).passed;
    },
    stateHash: () => hashState(control),
    async start() {
      signal?.throwIfAborted();
      const view = await control.startHunt(hunt.id, seed);
      started = true;
      system = { control, search, startedAt: view.startedAt ?? new Date().toISOString(), injectedAt: new Date().toISOString() };
    },
    async symptom() {
      signal?.throwIfAborted();
      return await rehearsal.notices(system);
    },
    answers: () => rehearsal.investigate(system),
    wrongAnswers: (right) => rehearsal.mistake(right),
    async submit(answers) {
      signal?.throwIfAborted();
      await control.answerHunt(hunt.id, answers);
      const { verdict } = await control.submitHunt(hunt.id);
      if (!verdict) throw new Error('the submission got no verdict');
      return verdict;
    },
    bluntFixes: rehearsal.bluntFixes.map((blunt) => ({
      name: blunt.name,
      because: blunt.because,
      apply: () => blunt.apply(system),
      ...(blunt.undo ? { undo: () => blunt.undo?.(system) ?? Promise.resolve() } : {}),
    })),
    fixA: () => rehearsal.fixA(system),
    fixB: () => rehearsal.fixB(system),
    async stop() {
      // Somebody else's hunt, because of which ours could not start, goes on.
      if (started) await control.stopHunt(hunt.id);
      started = false;
    },
  };
}

/** A digest of all public state that a hunt could leave changed. Guestbook entries only grow, so they are left out. */
export async function hashState(control: ControlClient): Promise<string> {
  const state = await control.state();
  const redis: string[] = [];
  for (const pod of state.pods.filter((each) => each.role !== undefined)) {
    const size = await control.exec(pod.name, ['redis-cli', 'DBSIZE']);
    redis.push(JSON.stringify([pod.name, pod.role, pod.phase, size.stdout.trim()]));
  }
  // Restarted pods are listed in another order: the order says nothing.
  const facts = [
    state.deployments.map(({ namespace, name, desired, available, unavailable }) => JSON.stringify([namespace, name, desired, available, unavailable])).sort(),
    state.pods.filter((pod) => pod.phase === 'Pending').length,
    state.clients.map(({ id, userAgent, address, rate }) => JSON.stringify([id, userAgent, address, rate])).sort(),
    [...state.pages].sort(),
    redis.sort(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

async function searchOver(opensearchUrl: string, index: string, body: SearchBody): Promise<SearchAnswer> {
  const response = await fetch(new URL(`/${encodeURIComponent(index)}/_search`, opensearchUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the search of ${index} was answered with status ${response.status}`);
  return (await response.json()) as SearchAnswer;
}

/** One report for several seeds: a part has passed when it did with every seed that played it. */
function merge(reports: readonly ContractReport[]): Record<ContractPart, ContractResult> {
  const parts = CONTRACT_PARTS.map((part): [ContractPart, ContractResult] => {
    const played = reports.flatMap((report, index) => {
      const result = report.parts[part];
      return result ? [{ result, seed: index + 1 }] : [];
    });
    const shown = played.find(({ result }) => !result.passed) ?? played[0];
    const ms = played.reduce((sum, { result }) => sum + result.ms, 0);
    if (!shown) return [part, { passed: false, ms, message: 'not played' }];
    const { passed, message } = shown.result;
    return [part, { passed, ms, message: passed ? message : `seed ${shown.seed}: ${message}` }];
  });
  return Object.fromEntries(parts) as Record<ContractPart, ContractResult>;
}
