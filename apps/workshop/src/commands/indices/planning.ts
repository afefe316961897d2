import { type IndexPlan, type IndexSetup, observeIndexSetup, planIndices, planMappings, type PlanOptions } from '@podscope/index-manager';
import { brokenPanels, type BrokenPanels } from '../../indices/brokenPanels.ts';
import type { CommandContext } from '../command.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { storedObjects, wantedSetup } from './wanted.ts';

/** What `podscope indices plan --json` prints: the plan, and what its mappings break. */
export type PlanDocument = IndexPlan & BrokenPanels;

type Options = Readonly<Record<string, unknown>>;

/** How the options treat what others made, what is no longer wanted, and what is behind its template. */
export function planOptions(options: Options): PlanOptions {
  const { behind } = options;
  return {
    adopt: options['adopt'] === true,
    prune: options['prune'] === true,
    ...(behind === 'catch-up' || behind === 'rewrite' || behind === 'name' ? { behind } : {}),
  };
}

/** Reads the cluster once, plans, and looks which panels the planned mappings break. */
export async function makePlan(context: CommandContext, cluster: Cluster, setup: IndexSetup, options: Options): Promise<PlanDocument> {
  const planning = planOptions(options);
  // What the owner has beside the setup: a template may have been made of parts that are named no longer.
  const observed = await observeIndexSetup(cluster.client, setup, { owned: true, history: planning.behind === 'rewrite' });
  const plan = planIndices(observed, setup, planning);
  const mappings = planMappings(observed, setup, plan);
  const broken = mappings.length === 0 ? { panels: [], unread: [] } : brokenPanels(await storedObjects(context, options, cluster.isRunningSystem), mappings);
  return { ...plan, ...broken };
}

/** The setup, the cluster and the plan that a command line asks for. The setup is read first: a wrong one asks no server. */
export async function planned(context: CommandContext, options: Options): Promise<{ readonly cluster: Cluster; readonly plan: PlanDocument }> {
  const setup = await wantedSetup(options);
  const cluster = await openCluster(context, options);
  try {
    return { cluster, plan: await makePlan(context, cluster, setup, options) };
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}
