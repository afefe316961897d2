import {
  listReindexes,
  type ObservedReindex,
  observeReindex,
  type PlannedMapping,
  planReindex,
  type ReindexPlan,
  type ReindexRequest,
  type ReindexResult,
  releaseReindex,
  resumeReindex,
  rollbackReindex,
  runReindex,
} from '@podscope/index-manager';
import { brokenPanels } from '../../indices/brokenPanels.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { wholeNumber } from '../usageError.ts';
import { openCluster } from './cluster.ts';
import { confirm } from './confirm.ts';
import { inner, readInputFile } from './inputFile.ts';
import { withProgress } from './reindexing.ts';
import { brokenLines, counted } from './shown.ts';
import { storedObjects } from './wanted.ts';

type Options = Readonly<Record<string, unknown>>;

/** `podscope indices reindex <name>` */
export const run: CommandAction = async (context, [source = ''], options) => {
  const request = await requestOf(source, options);
  await using cluster = await openCluster(context, options);
  const { output } = context;
  const observed = await observeReindex(cluster.client, source);
  const plan = planReindex(observed, request);
  const mappings = plannedMappings(observed, request);
  const broken = mappings.length === 0 ? { panels: [], unread: [] } : brokenPanels(await storedObjects(context, options, cluster.isRunningSystem), mappings);
  if (options['dryRun'] === true) {
    output.result({ ...plan, ...broken }, () => [...describePlan(plan), ...brokenLines(broken)]);
    return exitCodes.ok;
  }
  for (const line of [...describePlan(plan), ...brokenLines(broken)]) output.note(line);
  if (!(await confirm('Begin?', output, options))) {
    output.note('Nothing was changed.');
    return exitCodes.failed;
  }
  return tell(context, await withProgress(context, source, (each) => runReindex(cluster.client, request, each)), [`When nobody needs the old index any more: podscope indices reindex release ${source}`, `To go back to it: podscope indices reindex rollback ${source}`]);
};

/** `podscope indices reindex list` */
export const list: CommandAction = async (context, _args, options) => {
  await using cluster = await openCluster(context, options);
  const reindexes = (await listReindexes(cluster.client)).map(({ name, source, target, state, documents, blocked, runner, history }) => ({
    name,
    source,
    target,
    state,
    documents,
    blocked,
    isRunning: runner !== null,
    since: history.at(-1)?.at ?? null,
  }));
  context.output.result({ reindexes }, () =>
    reindexes.length === 0
      ? ['This cluster knows of no reindex.']
      : [
          ...columns(['NAME', 'FROM', 'TO', 'STATE', 'SINCE', 'DOCUMENTS'], reindexes.map((each) => [each.name, each.source, each.target, each.state, each.since, each.documents])),
          ...reindexes.flatMap(({ name, blocked }) => (blocked === null ? [] : [`"${blocked}" refuses writes because of the reindex of "${name}": resume it, or roll it back.`])),
        ],
  );
  return exitCodes.ok;
};

/** `podscope indices reindex resume <name>` */
export const resume: CommandAction = async (context, [name = ''], options) => {
  await using cluster = await openCluster(context, options);
  return tell(context, await withProgress(context, name, (each) => resumeReindex(cluster.client, name, each)), []);
};

/** `podscope indices reindex rollback <name>` */
export const rollback: CommandAction = async (context, [name = ''], options) => {
  const withoutNewer = options['withoutNewer'] === true;
  await using cluster = await openCluster(context, options);
  if (!(await confirm(`Lead readers and writers of "${name}" back to the old index${withoutNewer ? ', without what was written since' : ''}?`, context.output, options))) return exitCodes.failed;
  return tell(context, await withProgress(context, name, (each) => rollbackReindex(cluster.client, name, { ...each, withoutNewer })), []);
};

/** `podscope indices reindex release <name>` */
export const release: CommandAction = async (context, [name = ''], options) => {
  await using cluster = await openCluster(context, options);
  if (!(await confirm(`Delete the old index of "${name}"? There is no way back then.`, context.output, options))) return exitCodes.failed;
  return tell(context, await withProgress(context, name, (each) => releaseReindex(cluster.client, name, each)), []);
};

function tell({ output }: CommandContext, result: ReindexResult, after: readonly string[]): number {
  output.result(result, () => [
    ...result.indices.map(({ source, target, state, documents, blockedMs }) => `${source} → ${target}: ${state}, ${counted(documents, 'document')}${blockedMs > 0 ? `; writes waited ${(blockedMs / 1000).toFixed(1)} s` : ''}`),
    ...result.notes,
    ...(result.indices.length === 0 ? [] : after),
  ]);
  return exitCodes.ok;
}

function describePlan({ rollover, steps, notes }: ReindexPlan): readonly string[] {
  return [
    ...(rollover === undefined ? [] : [`> roll over ${rollover.stream}: what is written from now on goes to a new index`]),
    ...steps.map(({ source, target, documents, swap }) => {
      const then = swap.kind === 'stream' ? `which takes its place in ${swap.stream}` : swap.kind === 'name' ? `which the name leads to then; the old one is kept as ${swap.kept}` : 'which the aliases lead to then';
      return `! copy ${counted(documents, 'document')} of ${source} to ${target}, ${then}`;
    }),
    ...notes.map((note) => `* ${note}`),
  ];
}

/** From the mapping that each index has to the one that is asked for. */
function plannedMappings({ name, indices }: ObservedReindex, { mappings }: ReindexRequest): readonly PlannedMapping[] {
  return mappings === undefined ? [] : indices.map(({ index, aliases, mappings: before }) => ({ name, patterns: [...new Set([name, index, ...Object.keys(aliases)])], before, after: mappings }));
}

async function requestOf(source: string, options: Options): Promise<ReindexRequest> {
  const mappings = options['mappings'] === undefined ? undefined : inner(await readInputFile(String(options['mappings']), '--mappings'), 'mappings');
  const settings = options['settings'] === undefined ? undefined : inner(await readInputFile(String(options['settings']), '--settings'), 'settings');
  const number = (name: string, what: string, most: number): number | undefined => (options[name] === undefined ? undefined : wholeNumber(options[name], what, 1, most));
  const slices = number('slices', 'The number of slices', 1024);
  const requestsPerSecond = number('requestsPerSecond', 'The number of documents a second', 1e9);
  const verify = options['verify'] === 'all' ? ('all' as const) : number('verify', 'The number of documents to compare', 1e9);
  return {
    source,
    ...(mappings === undefined ? {} : { mappings }),
    ...(settings === undefined ? {} : { settings }),
    ...(options['target'] === undefined ? {} : { target: String(options['target']) }),
    ...(slices === undefined ? {} : { slices }),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    ...(verify === undefined ? {} : { verify }),
  };
}
