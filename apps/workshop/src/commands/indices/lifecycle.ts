import { applyRetention, formatRetentionPlan, lifecycleTargets, type RetentionResult, runLifecycle } from '@podscope/index-manager';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { openCluster } from './cluster.ts';
import { confirm } from './confirm.ts';
import { counted } from './shown.ts';
import { wantedSetup } from './wanted.ts';

/** `podscope indices lifecycle`: one round of what ISM or ILM do all the time. */
export const run: CommandAction = async (context, _args, options) => {
  const { output } = context;
  const setup = await wantedSetup(options);
  const targets = lifecycleTargets(setup);
  if (targets.length === 0) {
    output.result({ plan: { steps: [], kept: [], unsupported: [] }, results: [] }, () => ['No stream of the setup has a lifecycle policy: nothing to do.']);
    return exitCodes.ok;
  }
  await using cluster = await openCluster(context, options);
  const { plan } = await runLifecycle(cluster.client, { policies: setup.lifecyclePolicies, targets, dryRun: true });
  if (options['dryRun'] === true || plan.steps.length === 0) {
    output.painted({ plan, results: [] }, () => formatRetentionPlan(plan));
    return exitCodes.ok;
  }
  if (!output.json) process.stderr.write(formatRetentionPlan(plan));
  const deletions = plan.steps.filter(({ action }) => action === 'delete').length;
  if (deletions > 0 && !(await confirm(`Delete ${deletions === 1 ? 'this index' : `these ${deletions} indices`} with all documents?`, output, options))) {
    output.note('Nothing was changed.');
    return exitCodes.failed;
  }
  const results: readonly RetentionResult[] = await applyRetention(cluster.client, plan, ({ result, done, total }) => output.note(`✔ ${done}/${total}  ${result.step.action} ${result.step.index}: ${result.detail}`));
  output.result({ plan, results }, () => [`${counted(results.filter(({ outcome }) => outcome === 'done').length, 'step')} done, ${results.filter(({ outcome }) => outcome === 'already').length} no longer due.`]);
  return exitCodes.ok;
};
