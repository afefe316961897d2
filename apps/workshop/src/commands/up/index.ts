import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadyMessage, SupervisorOptions } from '../../targets/embedded/protocol.ts';
import type { ShippersMode } from '../../targets/embedded/shippers/choose.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { findConfig } from '../findConfig.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { runKept } from './keeper.ts';
import { supervisorTitles } from './progress.ts';

async function supervisorOptions({ environment }: CommandContext, options: Readonly<Record<string, unknown>>): Promise<SupervisorOptions> {
  const config = await findConfig(options['config']);
  return {
    runDir: environment.runDir,
    cacheDir: environment.cacheDir,
    ports: {
      console: wholeNumber(options['consolePort'], 'The console’s port', 0, 65_535),
      opensearch: wholeNumber(options['opensearchPort'], 'OpenSearch’s port', 0, 65_535),
      guestbook: wholeNumber(options['guestbookPort'], 'The guestbook’s port', 0, 65_535),
    },
    ...(environment.opensearchHome === undefined ? {} : { opensearchHome: environment.opensearchHome }),
    ...(environment.javaHome === undefined ? {} : { javaHome: environment.javaHome }),
    seed: String(options['seed']),
    ...(config === undefined ? {} : { config }),
    shippers: shippersOf(environment.path, options),
    detach: options['detach'] === true,
  };
}

/** @throws CLI_USAGE for a folder that no shipper would be looked for in */
function shippersOf(path: string, { shippers, shippersBin }: Readonly<Record<string, unknown>>): NonNullable<SupervisorOptions['shippers']> {
  const mode = shippers as ShippersMode;
  if (shippersBin === undefined) return { mode, path };
  if (mode === 'built-in') throw usageError('--shippers-bin says where real shippers are, and --shippers is built-in.', 'Give --shippers auto, or real, with it.');
  const folder = resolve(String(shippersBin));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw usageError(`--shippers-bin: ${folder} is no folder.`, 'Name the folder that holds fluent-bit, fluentd, filebeat or metricbeat.');
  return { mode, path, folder };
}

/** `podscope up` */
export const run: CommandAction = async (context, _args, options) => {
  const settings = await supervisorOptions(context, options);
  return runKept(context, { program: 'supervisor', options: settings, titles: supervisorTitles, command: 'podscope up', tell: (ready) => tell(context, ready, settings.detach === true) });
};

function tell({ environment, output }: CommandContext, { urls, timings, pid }: ReadyMessage, detached: boolean): void {
  output.result({ ...urls, timings, pid, runDir: environment.runDir }, () => [
    '',
    `Console:    ${urls.console}`,
    `Guestbook:  ${urls.guestbook}`,
    `OpenSearch: ${urls.opensearch}`,
    '',
    'Four nodes and their pods are a simulation of a cluster on this machine; OpenSearch, Redis and the web servers are real.',
    `Ready in ${(timings.total / 1000).toFixed(1)} s. ${detached ? 'End it with "podscope down" (in the repository: npm run -s podscope -- down).' : 'Ctrl-C ends it.'}`,
  ]);
}
