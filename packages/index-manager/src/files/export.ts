import type { IndexClient } from '../client.ts';
import { SECTION_NAMES } from '../validate/sections.ts';
import { observeCluster } from './cluster.ts';
import type { ExportedIndexSetup, ExportIndexSetupOptions, ExportSelection } from './model.ts';
import { setupIn } from './setup-in.ts';

/**
 * Reads what stands in a cluster as a setup, without the marks of its owner: a plan of it against the same cluster is empty,
 * where the owner is the same. Eleven requests at most.
 *
 * Everything that is no system's and not built in; or what `selection` names, with the templates, components and pipelines
 * that it cannot be without. `leftOut` names the rest of what was meant, and why: what belongs to the system or the server,
 * what looks like a secret, what comes from a template anyway, what the rules of {@link defineIndexSetup} don't allow, and
 * members that a setup has none for. Of cluster settings only the persistent ones are read; those in the server's keystore
 * are never given by it.
 *
 * @throws PodscopeError INDEX_EXPORT_MISSING when a name without `*` is selected that the cluster does not have;
 * INDEX_OBSERVE_FAILED, INDEX_CREDENTIALS_REFUSED, INDEX_FORBIDDEN or INDEX_CLUSTER_BLOCKED when it can't be read.
 */
export async function exportIndexSetup(client: IndexClient, selection?: ExportSelection, options: ExportIndexSetupOptions = {}): Promise<ExportedIndexSetup> {
  const sections = selection === undefined ? SECTION_NAMES : SECTION_NAMES.filter((section) => (selection[section]?.length ?? 0) > 0);
  return setupIn(await observeCluster(client, sections), selection, options);
}
