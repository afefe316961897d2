import { isEmptyPlan, isPodscopeError, PodscopeError } from '@podscope/core';
import { applyPlan, type IndexChange, type ReindexResult } from '@podscope/index-manager';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { usageError } from '../usageError.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { confirm } from './confirm.ts';
import { listenForInterrupts } from './interrupts.ts';
import { readPlanFile } from './planFile.ts';
import { type PlanDocument, planned } from './planning.ts';
import { reindexStream } from './reindexing.ts';
import { counted, howToReindex, leftToReindex, planText } from './shown.ts';

type Options = Readonly<Record<string, unknown>>;

/** What `podscope indices apply --json` prints. */
interface Applied {
  readonly made: readonly Pick<IndexChange, 'kind' | 'name' | 'action' | 'reason'>[];
  readonly reindexed: readonly ReindexResult[];
  /** Streams whose older indices still hold fields in another way. */
  readonly left: readonly string[];
}

const OF_PLANNING = ['setup', 'config', 'objects', 'adopt', 'prune', 'behind'] as const;

/** `podscope indices apply` */
export const run: CommandAction = async (context, _args, options) => {
  const { cluster, plan } = await planToApply(context, options);
  await using _ = cluster;
  return await carryOut(context, cluster, plan, options);
};

async function planToApply(context: CommandContext, options: Options): Promise<{ readonly cluster: Cluster; readonly plan: PlanDocument }> {
  if (options['plan'] === undefined) return planned(context, options);
  const other = OF_PLANNING.find((name) => options[name] !== undefined);
  if (other !== undefined) throw usageError(`--plan and --${other} exclude each other.`, 'The file holds a plan; what it was made with is decided.');
  const plan = await readPlanFile(String(options['plan']));
  return { plan, cluster: await openCluster(context, options) };
}

/** Shows a plan, asks, and makes it so. Exits with 1 when the answer is no. */
export async function carryOut(context: CommandContext, cluster: Cluster, plan: PlanDocument, options: Options): Promise<number> {
  const { output, environment } = context;
  const changes = plan.changes.filter(({ action }) => action !== 'none' && action !== 'reindex');
  const reindexes = options['reindex'] === true ? leftToReindex(plan) : [];
  if (isEmptyPlan(plan) || (changes.length === 0 && reindexes.length === 0)) {
    output.result({ made: [], reindexed: [], left: leftToReindex(plan).map(({ stream }) => stream) } satisfies Applied, () => ['Nothing to do.', ...howToReindex(plan)]);
    return exitCodes.ok;
  }
  if (!output.json) process.stderr.write(planText(plan, process.stderr.isTTY && !environment.plain, false));
  refuseDestructive(changes, options['destructive'] === true);
  const all = changes.length + reindexes.length;
  if (!(await confirm(`Make ${all === 1 ? 'this change' : `these ${all} changes`} to ${cluster.url}?`, output, options))) {
    output.note('Nothing was changed.');
    return exitCodes.failed;
  }
  const made = await make(context, cluster, plan, changes);
  const reindexed: ReindexResult[] = [];
  for (const { stream } of reindexes) reindexed.push(await reindexStream(context, cluster, stream));
  const left = leftToReindex(plan).map(({ stream }) => stream).filter((stream) => !reindexed.some(({ name, indices }) => name === stream && indices.length > 0));
  output.result({ made: made.map(({ kind, name, action, reason }) => ({ kind, name, action, reason })), reindexed, left } satisfies Applied, () => [
    ...(changes.length === 0 ? [] : [`${counted(made.length, 'change')} made.`]),
    ...reindexed.flatMap(({ name, indices, notes }) => [...indices.map(({ source, target, documents }) => `${name}: ${source} was written anew as ${target}, ${counted(documents, 'document')}.`), ...notes]),
    ...(options['reindex'] === true ? [] : howToReindex(plan)),
  ]);
  // What was asked for was not all done, and the notes say why.
  return options['reindex'] === true && left.length > 0 ? exitCodes.failed : exitCodes.ok;
}

async function make({ output }: CommandContext, { client }: Cluster, plan: PlanDocument, changes: readonly IndexChange[]): Promise<readonly IndexChange[]> {
  using interrupts = listenForInterrupts(() => output.note('Ending after the requests that are under way … (Ctrl-C once more ends at once)'));
  const done: IndexChange[] = [];
  try {
    return await applyPlan(client, plan, {
      destructive: changes.some(({ risk }) => risk === 'destructive'),
      signal: interrupts.signal,
      onWait: ({ who, since }) => output.note(`Waiting for ${who}, who applies to this cluster since ${since} …`),
      onProgress: ({ change, done: count, total }) => {
        done.push(change);
        output.note(`✔ ${String(count).padStart(String(total).length)}/${total}  ${change.action} ${change.kind} ${change.name}`);
      },
    });
  } catch (error) {
    if (!interrupts.isWanted || !isPodscopeError(error, 'INDEX_INTERRUPTED')) throw error;
    throw new PodscopeError('INDEX_INTERRUPTED', `Interrupted after ${done.length} of ${counted(changes.length, 'change')}; what was made stays.`, {
      hint: 'Apply again: a new plan goes on from there.',
      details: done.map(({ kind, name, action }) => `${action} ${kind} ${name}`),
    });
  }
}

function refuseDestructive(changes: readonly IndexChange[], allowed: boolean): void {
  const lines = changes.filter(({ risk }) => risk === 'destructive').map(({ action, kind, name, reason }) => `${action} ${kind} ${name}: ${reason}`);
  if (allowed || lines.length === 0) return;
  throw new PodscopeError('INDEX_DESTRUCTIVE', `Documents would go: ${lines[0]}${lines.length > 1 ? ` (and ${lines.length - 1} more)` : ''}.`, {
    hint: 'Add --destructive when that is what you want; nothing was changed.',
    details: lines,
  });
}
