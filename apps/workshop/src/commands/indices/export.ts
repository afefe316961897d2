import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { exportIndexSetup, type ExportSelection, type IndexSetup, indexSetupToTypeScript, type SetupSection, writeIndexSetup, type WrittenIndexSetup } from '@podscope/index-manager';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { openCluster } from './cluster.ts';
import { counted } from './shown.ts';

/** What can be selected, and the section of a setup that it is. */
const SECTIONS: Readonly<Record<string, SetupSection>> = {
  'cluster-settings': 'clusterSettings',
  'component-templates': 'componentTemplates',
  'ingest-pipelines': 'ingestPipelines',
  'lifecycle-policies': 'lifecyclePolicies',
  'legacy-templates': 'legacyTemplates',
  'index-templates': 'indexTemplates',
  'data-streams': 'dataStreams',
  'rollover-aliases': 'rolloverAliases',
  aliases: 'aliases',
};

/** `podscope indices export --to <dir>` */
export const run: CommandAction = async (context, _args, options) => {
  const { output } = context;
  const selection = options['select'] === undefined ? undefined : selectionOf(options['select'] as readonly string[]);
  const to = resolve(String(options['to']));
  const format = options['format'];
  const overwrite = options['overwrite'] === true;
  await using cluster = await openCluster(context, options);
  const { setup, leftOut } = await exportIndexSetup(cluster.client, selection, options['owner'] === undefined ? {} : { owner: String(options['owner']) });
  const files = format === 'ts' ? await writeModule(to, setup, overwrite) : await writeIndexSetup(to, setup, { format: format === 'json' ? 'json' : 'yaml', overwrite });
  output.result({ to, ...files, leftOut }, () => [
    ...files.written.map((file) => `✔ ${join(to, file)}`),
    ...leftOut.map(({ kind, name, path, why }) => `* ${kind} ${name}${path === undefined ? '' : `, ${path}`}: left out, ${why}`),
    ...files.others.map((file) => `* ${join(to, file)} is not in the cluster; it is still there`),
    `${counted(files.written.length, 'file')} written, ${files.unchanged.length} unchanged.`,
    `Try it: podscope indices plan --setup ${format === 'ts' ? join(to, MODULE) : to}`,
  ]);
  return exitCodes.ok;
};

/** Each is a section, or a section, `=` and names with `*`, such as `index-templates=shop-*`. */
export function selectionOf(given: readonly string[]): ExportSelection {
  const selection = new Map<SetupSection, string[]>();
  for (const each of given) {
    const [what = '', names = '*'] = each.split(/=(.*)/s);
    const section = Object.hasOwn(SECTIONS, what) ? SECTIONS[what] : undefined;
    if (section === undefined) throw usageError(`There is nothing called "${what}" to select.`, `Select ${Object.keys(SECTIONS).join(', ')}, with names as in index-templates=shop-*.`);
    selection.set(section, [...(selection.get(section) ?? []), ...names.split(',')]);
  }
  return Object.fromEntries(selection);
}

const MODULE = 'setup.ts';

async function writeModule(dir: string, setup: IndexSetup, overwrite: boolean): Promise<WrittenIndexSetup> {
  const code = indexSetupToTypeScript(setup);
  const file = join(dir, MODULE);
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (before === code) return { written: [], unchanged: [MODULE], removed: [], others: [] };
  if (before !== undefined && !overwrite) {
    throw new PodscopeError('INDEX_FILES_DIFFER', `${file} is there and says something else.`, { hint: 'Export to another folder, or add --overwrite.' });
  }
  await mkdir(dir, { recursive: true });
  await writeFile(file, code);
  return { written: [MODULE], unchanged: [], removed: [], others: [] };
}
