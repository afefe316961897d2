import { setTimeout } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import { isPodscopeError, type PodscopeError } from '../../../packages/core/src/index.ts';
import { applyPlan, type ApplyProgress, defineIndexSetup, type IndexSetupInput, observeIndexSetup, planIndexSetup, probePipelineFeatures, probeTemplateFeatures } from '../../../packages/index-manager/src/index.ts';
import { type Item, PREFIX } from './ownNames.ts';
import { type Prepared, prepare, type Target } from './prepare.ts';

/** What became of one resource on one server. */
export type Outcome =
  | { readonly item: Item; readonly result: 'ok' }
  | { readonly item: Item; readonly result: 'translated'; readonly rules: readonly string[] }
  | { readonly item: Item; readonly result: 'refused'; readonly why: string }
  | { readonly item: Item; readonly result: 'not-empty'; readonly why: string };

/** What a server did with a folder. */
export interface ServerResult {
  /** `<distribution> <version>`. */
  readonly server: string;
  readonly outcomes: readonly Outcome[];
}

/** Options of {@link tryAll}. */
export interface TryOptions {
  readonly onProgress: (line: string) => void;
  /** How far it is, many times a second. */
  readonly onStep?: (step: string) => void;
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
  readonly signal?: AbortSignal | undefined;
}

const STORE = '/podscope-index-manager';
type Ready = Extract<Prepared, { readonly setup: IndexSetupInput }>;

/** Applies everything at once under names of its own, plans again, and takes it all away. What the server refuses is left out. */
export async function tryAll(url: string, items: readonly Item[], options: TryOptions): Promise<ServerResult> {
  const { onProgress, auth } = options;
  const client = new Client({ node: url, maxRetries: 1, ...(auth === undefined ? {} : { auth }) });
  try {
    const { server, target } = await meet(client);
    const kept = await statusOf(client, STORE);
    onProgress(`${server}: ${items.length} resources; the server lacks ${target.lacks.length + target.pipelines.lacks.length} features`);
    let outcomes: readonly Outcome[];
    try {
      outcomes = await carryOut(client, items, target, options);
    } catch (error) {
      // What went wrong first is what is told; a server that has gone can't be tidied up.
      await takeAway(client, kept === 200, options.onStep).catch((left: unknown) => onProgress(`what begins with ${PREFIX} may be left on ${server}, and the next run takes it away: ${left instanceof Error ? left.message : String(left)}`));
      throw error;
    }
    await takeAway(client, kept === 200, options.onStep);
    onProgress(`${server}: everything is taken away again`);
    return { server, outcomes };
  } finally {
    await client.close();
  }
}

/** What the server is and can do. */
async function meet(client: Client): Promise<{ readonly server: string; readonly target: Target }> {
  const asked = defineIndexSetup({ owner: PREFIX, lifecyclePolicies: { [PREFIX]: { description: '', default_state: 'new', states: [{ name: 'new', actions: [], transitions: [] }] } } });
  const { capabilities } = await observeIndexSetup(client, asked);
  const [{ lacks }, pipelines] = await Promise.all([probeTemplateFeatures(client), probePipelineFeatures(client)]);
  return { server: `${capabilities.distribution} ${capabilities.version}`, target: { lacks, pipelines, ism: Boolean(capabilities.ism), ilm: capabilities.ilm === true } };
}

async function carryOut(client: Client, items: readonly Item[], target: Target, { onProgress, onStep, signal }: TryOptions): Promise<readonly Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const refuse = (item: Item, why: string): void => void outcomes.set(item.own, { item, result: 'refused', why });
  const prepared = items.map((item) => prepare(item, items, target));
  for (const each of prepared) if ('refused' in each) refuse(each.item, inTheirNames(each.refused, items));
  let ready = prepared.filter((each): each is Ready => 'setup' in each);
  const options = {
    ...(signal === undefined ? {} : { signal }),
    onProgress: ({ done, total }: ApplyProgress) => onStep?.(`${done} of ${total} applied`),
  };
  let waited = 0;
  let concurrency: { readonly concurrency?: number } = {};
  for (let round = 1; ; round += 1) {
    signal?.throwIfAborted();
    ready = withoutOrphans(ready, items, refuse);
    const setup = defineIndexSetup(ready.reduce(merge, { owner: PREFIX }));
    const failures = await failuresOf(client, async () => applyPlan(client, await planIndexSetup(client, setup), { who: PREFIX, ...options, ...concurrency }));
    if (failures?.busy === true && waited < MOST_WAITING) {
      waited += WAITING;
      onProgress(`the server has too much to do (${[...failures.reasons.values()][0] ?? ''}); waiting ${WAITING / 1000} s`);
      await setTimeout(WAITING, undefined, signal === undefined ? {} : { signal });
      continue;
    }
    if (failures !== undefined && failures.unanswered && concurrency.concurrency === undefined) {
      // One that a server takes too long for holds up those beside it: one at a time shows which.
      concurrency = { concurrency: 1 };
      onProgress('the server left a request without an answer; one at a time from here on');
      continue;
    }
    if (failures === undefined) {
      onProgress(`applied ${ready.length} in ${round} rounds; planning again`);
      const again = new Map((await planIndexSetup(client, setup)).changes.filter(({ action }) => action !== 'none').map(({ name, action, reason }) => [name, `${action}: ${reason}`]));
      for (const { item, rules } of ready) outcomes.set(item.own, outcomeOf(item, rules, again.get(item.own)));
      return items.map((item) => outcomes.get(item.own) as Outcome);
    }
    const refused = ready.filter(({ item }) => failures.reasons.has(item.own));
    for (const { item } of refused) refuse(item, inTheirNames(failures.reasons.get(item.own) ?? '', items));
    onProgress(`the server refused ${refused.length}`);
    ready = ready.filter((each) => !refused.includes(each));
  }
}

function outcomeOf(item: Item, rules: readonly string[], change: string | undefined): Outcome {
  if (change !== undefined) return { item, result: 'not-empty', why: `the second plan is not empty: ${change}` };
  return rules.length === 0 ? { item, result: 'ok' } : { item, result: 'translated', rules };
}

/** Those whose components and pipelines are all there, and theirs too. */
function withoutOrphans(ready: readonly Ready[], items: readonly Item[], refuse: (item: Item, why: string) => void): Ready[] {
  const there = new Set(ready.map(({ item }) => item.own));
  const kept = ready.filter(({ item, needs }) => {
    const gone = needs.filter((need) => !there.has(need));
    if (gone.length > 0) refuse(item, `needs ${gone.map((own) => items.find((each) => each.own === own)?.file ?? own).join(', ')}, which the server does not take`);
    return gone.length === 0;
  });
  return kept.length === ready.length ? kept : withoutOrphans(kept, items, refuse);
}

function merge(all: IndexSetupInput, { setup }: Ready): IndexSetupInput {
  return {
    ...all,
    componentTemplates: { ...all.componentTemplates, ...setup.componentTemplates },
    indexTemplates: { ...all.indexTemplates, ...setup.indexTemplates },
    legacyTemplates: { ...all.legacyTemplates, ...setup.legacyTemplates },
    ingestPipelines: { ...all.ingestPipelines, ...setup.ingestPipelines },
    lifecyclePolicies: { ...all.lifecyclePolicies, ...setup.lifecyclePolicies },
  };
}

/** What a server has against resources. */
interface Failures {
  /** By name. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Whether it said nothing at all, and goes on. */
  readonly unanswered: boolean;
  /** Whether it turned them away for now: it compiles few scripts in a minute. */
  readonly busy: boolean;
}

const WAITING = 10_000;
const MOST_WAITING = 60_000;

/** Undefined when it took everything. */
async function failuresOf(client: Client, applying: () => Promise<unknown>): Promise<Failures | undefined> {
  try {
    await applying();
    return undefined;
  } catch (error) {
    const busy = isPodscopeError(error, 'INDEX_CLUSTER_BLOCKED') && statusIn(error) === 429;
    if (!busy && !isPodscopeError(error, 'INDEX_APPLY_FAILED')) throw error;
    const unanswered = !busy && !isRefusal(error);
    if (unanswered && !(await answers(client))) throw error;
    const found = error.details.flatMap((line) => {
      const name = new RegExp(`${PREFIX}-\\d+`, 'u').exec(line)?.[0];
      return name === undefined ? [] : [[name, line] as const];
    });
    // A failure of no resource would come again with every round.
    if (found.length === 0) throw error;
    return { reasons: new Map(found), unanswered, busy };
  }
}

async function answers(client: Client): Promise<boolean> {
  return statusOf(client, '/').then((status) => status === 200, () => false);
}

/** Whether the server said no to a request, and not that it has gone or is in trouble itself. */
function isRefusal(error: PodscopeError): boolean {
  // Some templates make a server stumble over itself: 500, where one in trouble says 503 or 429.
  const status = statusIn(error);
  return status !== undefined && status >= 400 && status <= 500;
}

function statusIn(error: PodscopeError): number | undefined {
  const answered = error.walk((each) => typeof (each as { readonly statusCode?: unknown }).statusCode === 'number') as { readonly statusCode: number } | undefined;
  return answered?.statusCode;
}

/** A server's reason with the names of files instead of those that were made up here. */
function inTheirNames(reason: string, items: readonly Item[]): string {
  return reason.replaceAll(new RegExp(`${PREFIX}-(\\d+)`, 'gu'), (own, position: string) => {
    const item = items[Number(position) - 1];
    return item?.name ?? item?.file ?? own;
  });
}

/** Deletes what is ours, and the ledger where there was none before. */
async function takeAway(client: Client, keepStore: boolean, onStep: TryOptions['onStep']): Promise<void> {
  const nothing = defineIndexSetup({ owner: PREFIX });
  await applyPlan(client, await planIndexSetup(client, nothing, { prune: true }), { who: PREFIX, onProgress: ({ done, total }) => onStep?.(`${done} of ${total} taken away`) });
  if (!keepStore) await client.transport.request({ method: 'DELETE', path: `${STORE}?ignore_unavailable=true` });
}

async function statusOf(client: Client, path: string): Promise<number> {
  const { statusCode } = await client.transport.request({ method: 'HEAD', path }, { ignore: [404] });
  return statusCode ?? 0;
}
