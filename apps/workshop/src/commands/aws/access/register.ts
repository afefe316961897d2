import { type Command, Option } from 'commander';
import { action, examples } from '../../command.ts';

/** `podscope kubeconfig` and `podscope aws-token`: kubectl on the cluster of the AWS target. The work is loaded when a command runs. */
export function addAwsAccessCommands(add: (name: string, description: string) => Command): void {
  examples(
    action(
      add('kubeconfig', 'write a kubeconfig for the cluster of the AWS target; it holds no secret, and wants no AWS CLI')
        .addOption(new Option('--target <target>', 'the target whose cluster is meant').choices(['aws']).default('aws'))
        .option('--event <name>', 'of the AWS target; without it, the last one of this machine, or podscope')
        .option('--cluster <name>', 'another cluster of EKS than the event’s')
        .option('--region <region>', 'where the cluster is; without it, where that event is, or eu-central-1')
        .option('--file <path>', 'where to put it; entries of others stay. Without it, KUBECONFIG’s first file or ~/.kube/config')
        .option('--context <name>', 'what to call it in there; without it, the cluster’s name with its region')
        .option('--current', 'make it the current context; without it, only where there is none')
        .option('--stdout', 'print it instead'),
      async () => (await import('./kubeconfig.ts')).run,
    ),
    'kubeconfig --target aws',
    'kubeconfig --target aws --event workshop --file ./kubeconfig --current',
    'kubeconfig --cluster orders --region us-east-1 --stdout',
  );
  examples(
    action(
      add('aws-token', 'print a token for a cluster of EKS, as kubectl asks for it (client.authentication.k8s.io)')
        .requiredOption('--cluster <name>', 'the cluster’s name')
        .requiredOption('--region <region>', 'where it is'),
      async () => (await import('./token.ts')).run,
    ),
    'aws-token --cluster podscope --region eu-central-1',
  );
}
