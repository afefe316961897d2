import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { awsClients } from '../../../targets/aws/clients.ts';
import { eksKubeconfig } from '../../../targets/aws/cluster/kubeconfig.ts';
import { writeKubeconfig } from '../../../targets/aws/cluster/kubeconfigFile.ts';
import { observeEksCluster } from '../../../targets/aws/cluster/observe.ts';
import { tokenCommand } from '../../../targets/aws/cluster/tokenCommand.ts';
import { awsNames } from '../../../targets/aws/names.ts';
import { readLocalLedger } from '../../../targets/aws/ledger/localLedger.ts';
import { exitCodes } from '../../../terminal/exitCodes.ts';
import type { CommandAction } from '../../command.ts';
import { usageError } from '../../usageError.ts';
import { wantedEvent } from '../wanted.ts';

/** `podscope kubeconfig --target aws` */
export const run: CommandAction = async ({ environment, output }, _args, options) => {
  if (options['stdout'] === true && options['file'] !== undefined) throw usageError('A kubeconfig is printed or put into a file, not both.', 'Leave out --stdout or --file.');
  const wanted = wantedEvent(environment, options);
  const { region } = wanted;
  const existing = readLocalLedger(environment.runDir, region, wanted.event)?.record.settings.existingCluster;
  const name = options['cluster'] === undefined ? (existing ?? awsNames(wanted).cluster) : String(options['cluster']);
  using clients = awsClients({ region, profile: environment.awsProfile });
  const cluster = await observeEksCluster(clients, name);
  if (cluster === undefined) {
    throw new PodscopeError('NOT_RUNNING', `There is no EKS cluster ${name} in ${region}.`, { hint: 'Name another --event, --cluster or --region, or make it: podscope up --target aws.' });
  }
  const config = eksKubeconfig(cluster, tokenCommand(environment.awsProfile), ...(options['context'] === undefined ? [] : [String(options['context'])]));
  const context = config['current-context'];
  if (options['stdout'] === true) {
    const { stringify } = await import('yaml');
    output.painted(config, () => stringify(config, { lineWidth: 0 }));
    return exitCodes.ok;
  }
  const path = options['file'] === undefined ? fileOf(environment.kubernetes['KUBECONFIG']) : resolve(String(options['file']));
  const written = await writeKubeconfig(path, config, options['current'] === true ? { current: true } : {});
  output.result({ file: path, context, cluster: name, region, server: cluster.endpoint, current: written.current === context }, () => [
    `${written.merged ? 'Put into' : 'Written to'} ${path}: context ${context} (${cluster.endpoint}).`,
    `kubectl --context ${context}${path === defaultFile() ? '' : ` --kubeconfig ${path}`} get pods --all-namespaces`,
  ]);
  return exitCodes.ok;
};

const defaultFile = (): string => join(homedir(), '.kube', 'config');

/** Where kubectl would put a new entry (clientcmd: the first file that `KUBECONFIG` names). */
function fileOf(variable: string | undefined): string {
  const first = (variable ?? '').split(delimiter).find((path) => path !== '');
  return first === undefined ? defaultFile() : resolve(first);
}
