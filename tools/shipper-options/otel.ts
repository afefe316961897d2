import { execFileSync } from 'node:child_process';
import { GoOptions, type OptionTree } from './otelSources.ts';

const CONTRIB = 'github.com/open-telemetry/opentelemetry-collector-contrib';
const CORE = 'go.opentelemetry.io/collector';

/** Where the struct of each component is. */
const COMPONENTS = {
  receivers: { filelog: [`${CONTRIB}/receiver/filelogreceiver`, 'FileLogConfig'], otlp: [`${CORE}/receiver/otlpreceiver`, 'Config'] },
  processors: {
    memory_limiter: [`${CORE}/internal/memorylimiter`, 'Config'],
    batch: [`${CORE}/processor/batchprocessor`, 'Config'],
    transform: [`${CONTRIB}/processor/transformprocessor`, 'Config'],
    filter: [`${CONTRIB}/processor/filterprocessor`, 'Config'],
  },
  exporters: {
    opensearch: [`${CONTRIB}/exporter/opensearchexporter`, 'Config'],
    otlp: [`${CORE}/exporter/otlpexporter`, 'Config'],
    otlphttp: [`${CORE}/exporter/otlphttpexporter`, 'Config'],
    debug: [`${CORE}/exporter/debugexporter`, 'Config'],
  },
  extensions: {
    file_storage: [`${CONTRIB}/extension/storage/filestorage`, 'Config'],
    health_check: [`${CONTRIB}/extension/healthcheckextension`, 'Config'],
    basicauth: [`${CONTRIB}/extension/basicauthextension`, 'Config'],
    sigv4auth: [`${CONTRIB}/extension/sigv4authextension`, 'Config'],
  },
} as const;

/** What journald reads is in a package that the recipe doesn't build: the receiver needs systemd. */
const JOURNALD = `${CONTRIB}/pkg/stanza/operator/input/journald`;

/** The option trees of the collector's components as TypeScript files, one a section, read out of the modules that the recipe in `folder` names. */
export function otelOptionFiles(folder: string): Record<string, string> {
  const listed = execFileSync('go', ['list', '-deps', '-f', '{{.ImportPath}}\t{{.Dir}}', '.', JOURNALD], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const go = new GoOptions(new Map(listed.trim().split('\n').map((line) => line.split('\t') as [string, string])));
  return Object.fromEntries(Object.entries(COMPONENTS).map(([section, components]) => {
    const found: [string, OptionTree][] = Object.entries(components).map(([type, [path, struct]]) => [type, go.tree(path, struct)]);
    if (section === 'receivers') found.push(['journald', { ...go.tree(JOURNALD, 'Config'), ...go.tree(`${CONTRIB}/pkg/stanza/adapter`, 'BaseConfig') }]);
    const trees = found.map(([type, tree]) => `  ${type}: ${written(tree, '  ')},\n`);
    return [`${section}.ts`, [
      "// Made by tools/shipper-options/otel.ts out of the modules' Go structs; names and types only.\n",
      "import type { OtelOptionTree } from '../optionTree.ts';\n\n",
      `/** Options of the collector's ${section}. */\nexport const ${section.toUpperCase()} = {\n${trees.join('')}} as const satisfies Readonly<Record<string, OtelOptionTree>>;\n`,
    ].join('')];
  }));
}

function written(tree: OptionTree, indent: string): string {
  const lines = Object.entries(tree).map(([name, option]) => `${indent}  ${/^[a-zA-Z_]\w*$/.test(name) ? name : `'${name}'`}: ${typeof option === 'string' ? `'${option}'` : written(option, `${indent}  `)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}
