import { type Command, Option } from 'commander';
import { action, examples } from '../command.ts';

const PRODUCTS = 'opensearch-dashboards@1, @2 or @3, kibana@7.10, @7.12, @7.17 or @8';

/** Which live product, and where in it. */
const product = (command: Command): Command =>
  command
    .option('--tenant <name>', 'the tenant of the security plugin; without it, the one that the user prefers')
    .option('--workspace <id>', 'the workspace (OpenSearch Dashboards 2.14 and later)')
    .option('--space <id>', 'the space (Kibana)')
    .option('--aws-region <region>', 'sign the requests for Amazon OpenSearch Service in that region, with the AWS credentials of the environment')
    .addOption(new Option('--aws-service <service>', 'what is signed for: domains, or serverless collections').choices(['es', 'aoss']));

/** `podscope dashboards …`: the work is loaded when a command runs. */
export function addDashboardsCommands(dashboards: Command): void {
  examples(dashboards, 'dashboards check export.ndjson', 'dashboards import dashboards.ndjson --url http://localhost:5601', 'dashboards convert kibana.ndjson --to opensearch-dashboards@2 --out dashboards.ndjson', 'dashboards decompile export.ndjson --out src/dashboards');
  const command = (name: string, description: string): Command => dashboards.command(name).description(description);
  const add = (name: string, description: string): Command => command(name, description).argument('<files...>', 'exports, objects of any form, or folders of them');

  examples(
    action(
      add('check', 'what an import refuses, and what a page breaks on; exits with 1 when there is something')
        .option('--target <product>', `the product that is to import them: ${PRODUCTS}`, 'opensearch-dashboards@2')
        .option('--mapping <pattern=file...>', 'the mapping behind an index pattern’s id or title, as JSON or YAML: fields are checked, too')
        .option('--sarif', 'print a SARIF log, for code hosts'),
      async () => (await import('./check.ts')).run,
    ),
    'dashboards check export.ndjson',
    'dashboards check ./dashboards --target kibana@7.10 --mapping logs-*=mapping.json --json',
    'dashboards check export.ndjson --sarif > dashboards.sarif',
  );
  examples(
    action(
      add('convert', 'make exports of another product or age into those of a product; names what is changed or refused')
        .requiredOption('--to <product>', `the product that is to import them: ${PRODUCTS}`)
        .option('--out <file>', 'where to write them; without it, on the standard output')
        .option('--overwrite', 'replace a file that is there'),
      async () => (await import('./convert.ts')).run,
    ),
    'dashboards convert kibana.ndjson --to opensearch-dashboards@2 --out dashboards.ndjson',
    'dashboards convert ./beats --to opensearch-dashboards@3 > dashboards.ndjson',
  );
  examples(
    action(
      add('decompile', 'make TypeScript of exports that builds the same objects with @podscope/saved-objects')
        .requiredOption('--out <folder>', 'where to write it: a file for each dashboard, and index.ts')
        .option('--overwrite', 'replace files that are there')
        .option('--ts-imports', 'import .ts files from each other, as Node does without a build; else .js, as tsc and bundlers do'),
      async () => (await import('./decompile.ts')).run,
    ),
    'dashboards decompile export.ndjson --out src/dashboards',
    'dashboards decompile ./beats --out src/dashboards --overwrite --json',
  );
  examples(
    action(
      product(
        command('diff', 'what differs between two sets of dashboards, or from what a live product has, by meaning; exits with 1 when something does')
          .argument('<before>', 'a file, or a folder')
          .argument('[after]', 'a file, or a folder')
          .option('--url <address>', 'a live product, in the place of the second set; credentials come from the environment')
          .option('--target <product>', `what the live product is taken for: ${PRODUCTS}; without it, told by its version`),
      ),
      async () => (await import('./diff.ts')).run,
    ),
    'dashboards diff before.ndjson after.ndjson',
    'dashboards diff dashboards.ndjson --url https://search.example.com/_dashboards --tenant team',
  );
  examples(
    action(
      product(
        add('import', 'import into a live product, and read back what it stored; nothing is sent of what it would refuse')
          .requiredOption('--url <address>', 'the product; credentials come from the environment')
          .option('--overwrite', 'replace what is there under the same ids')
          .option('--dry-run', 'look at everything, and write nothing')
          .option('--target <product>', `what the live product is taken for: ${PRODUCTS}; without it, told by its version`)
          .option('--data-source <id>', 'the data source that they are to be about (OpenSearch Dashboards 2.12 and later)'),
      ),
      async () => (await import('./import.ts')).run,
    ),
    'dashboards import dashboards.ndjson --url http://localhost:5601',
    'dashboards import ./dashboards --url https://search.example.com/_dashboards --tenant team --overwrite --dry-run',
    'dashboards import dashboards.ndjson --url https://search.example.com/_dashboards --aws-region eu-central-1 --json',
  );
  examples(
    action(
      product(
        command('export', 'export from a live product')
          .requiredOption('--url <address>', 'the product; credentials come from the environment')
          .option('--type <type...>', 'all objects of these types; without it, all dashboards')
          .option('--object <type:id...>', 'these objects')
          .option('--no-references', 'without what they refer to')
          .option('--out <file>', 'where to write them; without it, on the standard output')
          .option('--overwrite', 'replace a file that is there'),
      ),
      async () => (await import('./export.ts')).run,
    ),
    'dashboards export --url http://localhost:5601 > dashboards.ndjson',
    'dashboards export --url https://search.example.com/_dashboards --tenant team --object dashboard:web --out web.ndjson',
  );
  examples(
    action(
      add('preview', 'a picture of a dashboard without any server, with recorded answers or with data made up from its fields')
        .requiredOption('--out <picture>', 'where to write it; .svg, .html, or .png (which needs Chromium)')
        .option('--dashboard <id>', 'the id or title of the dashboard, where the files hold several')
        .option('--data <file>', 'recorded answers as JSON, by the panels’ titles or ids; without it they are made up')
        .option('--from <time>', 'the beginning of the time range', 'now-7d')
        .option('--to <time>', 'its end', 'now')
        .option('--now <time>', 'what now means; made-up data stay the same')
        .option('--width <pixels>', 'how wide the picture is', '1600')
        .option('--dark', 'in the dark theme')
        .option('--overwrite', 'replace a file that is there'),
      async () => (await import('./preview.ts')).run,
    ),
    'dashboards preview dashboards.ndjson --out page.svg',
    'dashboards preview ./dashboards --dashboard web --data answers.json --out page.png --dark',
  );
}
