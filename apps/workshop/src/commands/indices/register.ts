import { type Command, Option } from 'commander';
import { action, examples } from '../command.ts';

/** Which cluster. */
const cluster = (command: Command): Command =>
  command
    .option('--url <address>', 'another cluster than that of the running system; credentials come from the environment')
    .option('--ca <file>', 'certificate of the authority that signed that cluster’s own')
    .option('--aws-region <region>', 'sign the requests for Amazon OpenSearch Service in that region, with the AWS credentials of the environment');

/** Which setup. */
const setup = (command: Command): Command =>
  command
    .option('--setup <path>', 'folder of YAML and JSON files, or module that exports a setup; without it, the workshop’s own')
    .option('--config <file>', 'workshop configuration; without it, podscope.config.ts of the working directory');

/** How it is planned. */
const planning = (command: Command): Command =>
  setup(command)
    .option('--objects <file>', 'exported dashboards to look through for panels that break; without it, those of the running system')
    .option('--adopt', 'take over what somebody else made under the same names')
    .option('--prune', 'also delete what the owner has made and the setup no longer names; nothing else')
    .addOption(new Option('--behind <mode>', 'streams behind their template: catch up with it, also rewrite what they hold, or only name them').choices(['catch-up', 'rewrite', 'name']));

const yes = (command: Command): Command => command.option('--yes', 'do not ask');
const destructive = (command: Command): Command => command.option('--destructive', 'also make changes by which documents go');
const owner = (command: Command): Command => command.option('--owner <name>', 'whose things', 'podscope');

/** `podscope indices …`: the work is loaded when a command runs. */
export function addIndicesCommands(indices: Command): void {
  examples(indices, 'indices plan', 'indices apply', 'indices drift', 'indices plan --setup ./indices --url https://search.example.com:9200');
  const add = (name: string, description: string): Command => indices.command(name).description(description);

  examples(
    action(planning(cluster(add('plan', 'what would have to be done; exits with 2 when there is something'))), async () => (await import('./plan.ts')).run),
    'indices plan',
    'indices plan --setup ./indices --prune --json > plan.json',
    'indices plan --setup ./indices --url https://search.example.com:9200 --objects dashboards.ndjson',
  );
  examples(
    action(
      destructive(yes(planning(cluster(add('apply', 'make it so: show the plan, ask, and carry it out')))))
        .option('--plan <file>', 'apply what "indices plan --json" printed, if the cluster is still as it was')
        .option('--reindex', 'with --behind rewrite: also write anew what the streams hold'),
      async () => (await import('./apply.ts')).run,
    ),
    'indices apply',
    'indices apply --plan plan.json --yes',
    'indices apply --behind rewrite --reindex',
  );
  examples(
    action(owner(cluster(add('drift', 'what was changed by hand since it was applied; exits with 2 when there is something'))), async () => (await import('./drift.ts')).run),
    'indices drift',
    'indices drift --owner shop --url https://search.example.com:9200 --json',
  );
  examples(
    action(destructive(yes(owner(cluster(add('destroy', 'delete what the owner has made, and nothing else'))))), async () => (await import('./destroy.ts')).run),
    'indices destroy --owner shop',
    'indices destroy --owner shop --destructive --yes',
  );
  examples(
    action(cluster(add('history', 'who applied what, and when')).option('--size <number>', 'how many entries', '20'), async () => (await import('./history.ts')).run),
    'indices history',
    'indices history --size 5 --json',
  );
  examples(
    action(
      cluster(add('export', 'write what a cluster has as a setup'))
        .requiredOption('--to <dir>', 'folder to write to')
        .addOption(new Option('--format <format>', 'files of YAML or JSON, or one module').choices(['yaml', 'json', 'ts']).default('yaml'))
        .option('--select <what...>', 'parts, with names where not all are meant: index-templates=shop-* data-streams')
        .option('--owner <name>', 'the owner that the setup names')
        .option('--overwrite', 'replace files that say something else'),
      async () => (await import('./export.ts')).run,
    ),
    'indices export --to ./indices',
    'indices export --to ./indices --format ts --select index-templates=shop-* data-streams=shop-*',
  );
  examples(
    action(
      yes(setup(cluster(add('lifecycle', 'carry out the setup’s lifecycle policies once, for servers that do not')))).option('--dry-run', 'only say what is due'),
      async () => (await import('./lifecycle.ts')).run,
    ),
    'indices lifecycle --setup ./indices --dry-run',
    'indices lifecycle --setup ./indices --yes',
  );
  examples(
    action(
      setup(add('estimate', 'what a setup comes to under a volume: shards, disk, and Amazon’s instance sizes that hold it').argument('[volumes...]', 'stream=documents a day:bytes of one'))
        .option('--volumes <file>', 'volumes and what else is known, as JSON or YAML: what estimateIndexSetup takes')
        .option('--days <number>', 'how long is reckoned with where no policy deletes; without it, 365')
        .option('--zones <number>', 'availability zones, 1 to 3; without it, 3'),
      async () => (await import('./estimate.ts')).run,
    ),
    'indices estimate apache-podscope=2000000:600 redis-podscope=50000:900 --days 30',
    'indices estimate --setup ./indices --volumes volumes.yaml --json',
  );
  addReindexCommands(add('reindex', 'write an index, or what a stream holds, anew, while it is written to'));
}

function addReindexCommands(reindex: Command): void {
  examples(reindex, 'indices reindex orders --mappings orders.json', 'indices reindex list', 'indices reindex rollback orders', 'indices reindex release orders');
  const add = (name: string, description: string, isDefault = false): Command => reindex.command(name, { isDefault }).description(description);
  const named = (command: Command): Command => command.argument('<name>', 'the index, alias or data stream');

  examples(
    action(
      yes(cluster(named(add('run', 'copy into a new index, catch up, compare, and swap', true))))
        .option('--mappings <file>', 'mapping of the new index, as JSON or YAML; without it, the old one, or that of a stream’s template')
        .option('--settings <file>', 'settings of the new index over those of the old one, as JSON or YAML')
        .option('--target <name>', 'name of the new index; without it, the old one’s with -r1')
        .option('--slices <number>', 'parts that are copied side by side; without it, one a shard')
        .option('--requests-per-second <number>', 'documents a second that the copy is held to')
        .option('--verify <number>', 'documents whose content is compared before the swap, or all; without it, 1000')
        .option('--objects <file>', 'exported dashboards to look through for panels that break; without it, those of the running system')
        .option('--dry-run', 'only say what would be done'),
      async () => (await import('./reindex.ts')).run,
    ),
    'indices reindex orders --mappings orders.json',
    'indices reindex logs-web --dry-run',
    'indices reindex run orders --mappings orders.yaml --requests-per-second 5000 --verify all --yes',
  );
  examples(action(cluster(add('list', 'every reindex that the cluster knows, and where it stands')), async () => (await import('./reindex.ts')).list), 'indices reindex list --json');
  examples(action(cluster(named(add('resume', 'go on with one that ended early'))), async () => (await import('./reindex.ts')).resume), 'indices reindex resume orders');
  examples(
    action(
      yes(cluster(named(add('rollback', 'back to the old index, with what was written since')))).option('--without-newer', 'leave what was written since in the new index, which is kept'),
      async () => (await import('./reindex.ts')).rollback,
    ),
    'indices reindex rollback orders',
    'indices reindex rollback orders --without-newer --yes',
  );
  examples(action(yes(cluster(named(add('release', 'delete the old index; there is no way back then')))), async () => (await import('./reindex.ts')).release), 'indices reindex release orders --yes');
}
