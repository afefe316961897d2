import type { Command } from 'commander';
import { action, examples } from '../command.ts';

const PRODUCTS = 'opensearch-dashboards@1, @2 or @3, kibana@7.10 or @7.12';

/** `podscope dashboards …`: the work is loaded when a command runs. */
export function addDashboardsCommands(dashboards: Command): void {
  examples(dashboards, 'dashboards check export.ndjson', 'dashboards convert kibana.ndjson --to opensearch-dashboards@2 --out dashboards.ndjson');
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
      command('diff', 'what differs between two sets of dashboards, by meaning; exits with 1 when something does').argument('<before>', 'a file, or a folder').argument('<after>', 'a file, or a folder'),
      async () => (await import('./diff.ts')).run,
    ),
    'dashboards diff before.ndjson after.ndjson',
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
