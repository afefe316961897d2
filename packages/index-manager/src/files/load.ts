import { setupOf } from '../define.ts';
import type { IndexSetup } from '../model.ts';
import { invalidSetup } from '../validate/problem.ts';
import { LARGEST_FILE, readFolder } from './folder.ts';
import { gather } from './gather.ts';
import type { LoadIndexSetupOptions } from './model.ts';

/**
 * Reads a setup from a folder of YAML 1.2 and JSON files. It holds the same rules as `defineIndexSetup`.
 *
 * - `component-templates/<name>.yaml`, and so `index-templates`, `legacy-templates`, `ingest-pipelines`,
 *   `lifecycle-policies` and `aliases`: a file for each thing, with the body of its request; a server's answer to a GET of the
 *   thing and `{"policy": …}` are taken too.
 * - `data-streams.yaml` (a list), `rollover-aliases.yaml`, `cluster-settings.yaml`: one file for all of them.
 * - `setup.yaml`: `owner`, and any section under the name that it has in {@link IndexSetupInput}.
 *
 * `.yaml`, `.yml` and `.json` alike. Files that begin with a dot, end in `.md` or are called README are left alone; anything
 * else is an error. Nothing in the folder is executed, and no link out of it followed.
 *
 * @throws PodscopeError INDEX_SETUP_INVALID, with one line `file:line:column: what is wrong; allowed: …` for each problem in
 * `details`; INDEX_FILES_UNREADABLE when the folder or a file in it can't be read.
 */
export async function loadIndexSetup(dir: string, options: LoadIndexSetupOptions = {}): Promise<IndexSetup> {
  const { input, problems } = gather(await readFolder(dir, options.largestFile ?? LARGEST_FILE));
  if (problems.length > 0) throw invalidSetup(problems);
  return setupOf(input);
}
