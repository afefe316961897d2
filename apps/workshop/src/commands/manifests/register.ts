import { type Command, Option } from 'commander';
import { action, examples } from '../command.ts';

/** Which manifests. */
const wanted = (command: Command): Command =>
  command
    .addOption(new Option('--pattern <pattern>', 'who ships what and how: the workshop’s two pipelines, the seed’s, straight to OpenSearch, or the OpenTelemetry Collector').choices(['workshop', 'ant332', 'direct', 'otel']).default('workshop'))
    .requiredOption('--endpoint <url>', 'OpenSearch, as the pods reach it')
    .addOption(new Option('--engine <engine>', 'what answers there').choices(['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless', 'elasticsearch@7.10']).default('opensearch@2'))
    .option('--auth-secret <name>', 'Secret with the keys username and password, in each namespace that ships; without it, no authentication')
    .option('--aws-region <region>', 'sign the requests for that region, as the role of the pods')
    .option('--aws-role <arn>', 'that role, by IRSA; without it, by EKS Pod Identity or what else the accounts have')
    .option('--ca-secret <name>', 'Secret with the key ca.crt, in each namespace that writes: the authority of the endpoint’s certificate')
    .option('--firehose <stream>', 'delivery stream of Amazon Data Firehose for what does not go through Logstash; needs --aws-region')
    .option('--kubernetes-version <version>', 'the server’s', '1.33')
    .option('--image-mirror <registry>', 'registry and path that stand in for those of every image')
    .option('--namespace <name>', 'of aggregators and of what reads the cluster', 'logging')
    .option('--agents-namespace <name>', 'of the node agents: it has to be privileged', 'node-agents')
    .option('--guestbook-namespace <name>', 'of the guestbook', 'guestbook')
    .option('--guestbook-image <name>', 'the image of apps/guestbook, as your registry calls it')
    .addOption(new Option('--guestbook <variant>', 'the guestbook’s web tier: ours, the public PHP sample, or no guestbook at all').choices(['podscope', 'php', 'none']).default('podscope'));

/** `podscope manifests …`: the work is loaded when a command runs. */
export function addManifestsCommands(manifests: Command): void {
  examples(manifests, 'manifests synth --endpoint https://opensearch.example.com:9200 --out deploy', 'manifests diff deploy --endpoint https://opensearch.example.com:9200', 'manifests lint ./fluent-bit.conf');
  const add = (name: string, description: string): Command => manifests.command(name).description(description);

  examples(
    action(
      wanted(add('synth', 'write the guestbook and its shippers as Kubernetes manifests, one file a component; "kubectl apply -f" takes the folder'))
        .option('--out <folder>', 'where to write them; files of others in it stay')
        .option('--stdout', 'print them all as one stream instead'),
      async () => (await import('./synth.ts')).run,
    ),
    'manifests synth --endpoint https://opensearch.example.com:9200 --out deploy',
    'manifests synth --endpoint https://search.example.com --engine amazon-opensearch-service --aws-region eu-central-1 --pattern direct --stdout',
  );
  examples(
    action(wanted(add('diff', 'what "synth" would change in a folder; exits with 2 when there is something')).argument('<folder>'), async () => (await import('./diff.ts')).run),
    'manifests diff deploy --endpoint https://opensearch.example.com:9200',
    'manifests diff deploy --endpoint https://opensearch.example.com:9200 --pattern ant332 --json',
  );
  examples(
    action(
      add('lint', 'what is wrong with configurations of shippers, also in ConfigMaps; exits with 1 when there is an error')
        .argument('<files...>', 'configurations, Kubernetes manifests, or folders of them')
        .addOption(new Option('--program <name>', 'whose they are; without it, told by name and text').choices(['fluent-bit', 'fluentd', 'filebeat', 'metricbeat', 'logstash', 'otel-collector']))
        .option('--strict', 'exit with 1 for warnings, too'),
      async () => (await import('./lint.ts')).run,
    ),
    'manifests lint fluent-bit.conf',
    'manifests lint ./deploy --strict --json',
  );
}
