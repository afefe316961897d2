import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { faultCatalogue } from '@podscope/fault-injectors';
import { type Activity, type ExperimentJournal, isChaosToolkit, outcomeText, planExperiment, readChaosToolkit, type ReadExperiment, readExperiment, runExperiment, verdictText } from '@podscope/fault-injectors/experiments';
import { parse, stringify } from 'yaml';
import { readVariables } from '../../environment.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import { type FaultCluster, openFaultCluster } from '../../targets/kubernetes/faults/cluster.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { listenForInterrupts } from '../indices/interrupts.ts';
import { usageError } from '../usageError.ts';
import { openFaultJournal } from './journalFile.ts';
import { wantedReports, writeReports } from './reports.ts';
import { faultTarget } from './target.ts';

type Options = Readonly<Record<string, unknown>>;

/** `podscope fault run <file>`: exits with 0 when the experiment passed, with 1 when it did not. */
export const run: CommandAction = async (context, [file = ''], options) => {
  const { output } = context;
  const reports = wantedReports(options);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PodscopeError('CLI_USAGE', `${file} can't be read.`, { hint: 'Give the file of an experiment, YAML or JSON.', cause });
  });
  if (options['convert'] === true) return convert(context, text, file);
  const { experiment, secrets, notes } = readExperiment(text, { file, environment: readVariables(), faults: faultCatalogue });
  for (const note of notes) output.note(note);
  if (faultTarget(context, options) === 'embedded') throw usageError('Experiments run on a cluster.', 'Add --target kubernetes and --context <name>.');
  using cluster = await openFaultCluster(context, options);
  if (options['dryRun'] === true) return await plan(context, { experiment, secrets }, cluster, options);

  using interrupts = listenForInterrupts(() => output.note('\nReverting everything, then the report is written … (Ctrl-C once more ends it at once; then the watchdog reverts)'));
  output.note(`${experiment.title}, on ${cluster.context} (${cluster.server})`);
  const { target, store, watchdog } = cluster;
  const journal = await runExperiment(experiment, {
    target, store, watchdog, secrets,
    faults: faultCatalogue,
    source: basename(file),
    targetName: cluster.context,
    signal: interrupts.signal,
    force: options['force'] === true,
    despiteOwners: options['despiteOwners'] === true,
    journal: openFaultJournal(context.environment.runDir),
    onPhase: (phase) => output.note(`${phase} …`),
    onActivity: (activity) => output.note(`  ${activityLine(activity)}`),
  });
  await writeReports(reports, journal, (path) => output.note(`Wrote ${path}`));
  output.result(journal, () => journalLines(journal));
  if (journal.status === 'interrupted') return exitCodes.interrupted;
  return journal.passed ? exitCodes.ok : exitCodes.failed;
};

function activityLine(activity: Activity): string {
  const name = activity.kind === 'fault' ? `${activity.name} (${activity.fault})` : activity.name;
  const state = activity.kind === 'fault' && activity.end === undefined ? activity.state : outcomeText(activity);
  return `${activity.step} ${name}: ${activity.end === undefined && activity.kind !== 'fault' ? 'begun' : state}`;
}

function journalLines(journal: ExperimentJournal): readonly string[] {
  const probes = [...journal.steadyState.before, ...journal.checks, ...journal.steadyState.after].filter(({ holds }) => !holds);
  return [
    ...columns(['STEP', 'WHAT', 'RESULT'], journal.activities.map((activity) => [activity.step, activity.kind === 'fault' ? `${activity.name} (${activity.fault})` : activity.name, outcomeText(activity)])),
    ...probes.map(({ probe, finding }) => `${probe} does not hold: ${finding}`),
    ...journal.leftOver.map(({ id, fault, error }) => `${fault} ${id} is left over: ${error.message}`),
    `${verdictText(journal)}${journal.reason === undefined ? '' : `: ${journal.reason}`}.`.replace(/\.\.$/, '.'),
  ];
}

function convert({ output }: CommandContext, text: string, file: string): number {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 100 }) as unknown;
  } catch {
    // The reader says where and why.
  }
  if (data !== undefined && !isChaosToolkit(data)) throw usageError(`${file} is no experiment of Chaos Toolkit.`, 'Ours need no conversion: leave out --convert.');
  const { experiment, notes } = readChaosToolkit(text, file);
  for (const note of notes) output.note(note);
  output.result({ experiment, notes }, () => stringify(experiment).trimEnd().split('\n'));
  return exitCodes.ok;
}

async function plan({ output }: CommandContext, { experiment, secrets }: Pick<ReadExperiment, 'experiment' | 'secrets'>, { target, store, watchdog, context, server }: FaultCluster, options: Options): Promise<number> {
  const planned = await planExperiment(experiment, { target, store, watchdog, secrets, faults: faultCatalogue, despiteOwners: options['despiteOwners'] === true });
  const faults = planned.map(({ name, planned: { fault, plan: changes, blastRadius: { unit, count, of }, refusals } }) => ({
    step: name,
    fault: fault.id,
    changes: changes.changes.map(({ kind, name: object, action, reason }) => ({ kind, name: object, action, reason })),
    blastRadius: { unit, count, of },
    refusals,
  }));
  output.result({ dryRun: true, title: experiment.title, context, server, faults }, () => [
    `${experiment.title}, on ${context} (${server}):`,
    ...faults.flatMap(({ step, fault, changes, blastRadius: { count, of, unit }, refusals }) => [
      `${step} (${fault}): ${count} of ${of} ${unit}`,
      ...changes.map(({ kind, name, action, reason }) => `  ${action} ${kind} ${name}: ${reason}`),
      ...refusals.map(({ code, message }) => `  refused (${code}): ${message}`),
    ]),
    'Nothing was changed.',
  ]);
  return faults.every(({ refusals }) => refusals.length === 0) ? exitCodes.ok : exitCodes.failed;
}
