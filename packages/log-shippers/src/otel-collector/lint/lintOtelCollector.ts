import { isNode, LineCounter, parseDocument } from 'yaml';
import { cut, nearest, type Problem } from '../../lint/problem.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import { componentsOf, OTEL_SECTIONS, type OtelCollectorConfig, type OtelOptions, type OtelSection, type OtelValue, typeOf } from '../model.ts';
import { optionProblems } from '../optionProblems.ts';
import { OTEL_COLLECTOR_RULES, type OtelCollectorRule } from './rules.ts';

/** Reports a problem at the way to it. */
type Report = (rule: OtelCollectorRule, path: readonly string[], message: string, hint?: string) => void;

/** What the collector's own `validate` misses, and what it finds too. The rules are in {@link OTEL_COLLECTOR_RULES}. */
export function lintOtelCollector(config: OtelCollectorConfig): Problem<OtelCollectorRule>[] {
  const problems: Problem<OtelCollectorRule>[] = [];
  const lineOf = linesOf(config);
  const report: Report = (rule, path, message, hint) => {
    const line = lineOf(path);
    const at = { ...(config.source?.file === undefined ? {} : { file: config.source.file }), ...(line === undefined ? {} : { line }), path: path.join('.') };
    problems.push({ rule, severity: OTEL_COLLECTOR_RULES[rule].severity, at, message: cut(message), ...(hint === undefined ? {} : { hint: cut(hint) }) });
  };
  lintPipelines(config, report);
  for (const section of OTEL_SECTIONS) {
    for (const [id, given] of Object.entries(componentsOf(config, section))) {
      const options = isRecord(given) ? given : {};
      for (const { rule, path, message, hint } of optionProblems(section, typeOf(id), options)) report(rule, [section, id, ...path.split('.').slice(1)], message, hint);
      lintSecrets(options, [section, id], report);
      if (section === 'exporters') lintExporter(id, options, config, report);
      if (section === 'receivers') lintReceiver(id, options, report);
    }
  }
  lintFiles(config, report);
  lintHealth(config, report);
  return problems;
}

function isRecord(value: unknown): value is OtelOptions {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSecretReference(value);
}

/** Lines of places in the text that was read: that of the nearest part which is there. */
function linesOf({ source }: OtelCollectorConfig): (path: readonly string[]) => number | undefined {
  if (source === undefined) return () => undefined;
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines });
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

function lintPipelines(config: OtelCollectorConfig, report: Report): void {
  const pipelines = Object.entries(isRecord(config.service.pipelines) ? config.service.pipelines : {});
  if (pipelines.length === 0) report('missing-section', ['service', 'pipelines'], 'There is no pipeline.');
  const connectors = Object.keys(componentsOf(config, 'connectors'));
  const used: Record<OtelSection, Set<string>> = { receivers: new Set(), processors: new Set(), exporters: new Set(), connectors: new Set(), extensions: new Set() };
  for (const [name, pipeline] of pipelines) {
    if (!isRecord(pipeline)) continue;
    const path = ['service', 'pipelines', name];
    for (const part of ['receivers', 'processors', 'exporters'] as const) {
      const ids = listOf(pipeline[part]);
      if (ids.length === 0 && part !== 'processors') report('missing-section', path, `The pipeline has no ${part}.`);
      const known = [...Object.keys(componentsOf(config, part)), ...(part === 'processors' ? [] : connectors)];
      for (const id of ids) {
        used[connectors.includes(id) && part !== 'processors' ? 'connectors' : part].add(id);
        if (!known.includes(id)) report('unknown-plugin', [...path, part], `${id} is not defined in ${part}.`, hintFor(id, known, part));
      }
    }
    lintOrder(listOf(pipeline.processors), path, report);
  }
  const extensions = Object.keys(componentsOf(config, 'extensions'));
  for (const id of listOf(config.service.extensions)) {
    used.extensions.add(id);
    if (!extensions.includes(id)) report('unknown-plugin', ['service', 'extensions'], `${id} is not defined in extensions.`, hintFor(id, extensions, 'extensions'));
  }
  for (const section of OTEL_SECTIONS) {
    for (const id of Object.keys(componentsOf(config, section))) {
      if (!used[section].has(id)) report('unused-component', [section, id], `${id} is defined, and nothing uses it.`, section === 'extensions' ? 'Name it in service.extensions.' : 'Name it in a pipeline, or take it out.');
    }
  }
}

function hintFor(id: string, known: readonly string[], section: string): string {
  const meant = nearest(id, known);
  return meant === undefined ? `Define it in ${section}.` : `Did you mean ${meant}?`;
}

function lintOrder(processors: readonly string[], path: readonly string[], report: Report): void {
  const types = processors.map(typeOf);
  const at = [...path, 'processors'];
  if (!types.includes('memory_limiter')) report('unbounded-buffer', path, 'Without memory_limiter, what comes faster than it goes ends in the kernel killing the collector.', 'memory_limiter as the first processor.');
  else if (types.indexOf('memory_limiter') !== 0) report('processor-order', at, 'memory_limiter comes after other processors, which hold what it should refuse.', 'Put it first.');
  const batch = types.indexOf('batch');
  if (batch >= 0 && types.slice(batch + 1).some((type) => ['filter', 'transform', 'k8sattributes', 'attributes', 'resource', 'redaction', 'probabilistic_sampler', 'tail_sampling'].includes(type))) {
    report('processor-order', at, 'batch comes before processors that drop or change records.', 'Put it last, or batch in sending_queue.');
  }
  const metadata = types.findIndex((type) => type === 'k8sattributes' || type === 'k8s_attributes');
  if (metadata > 0 && batch >= 0 && batch < metadata) report('processor-order', at, 'k8sattributes finds a pod by its connection, which is gone after batch.', 'Put it before batch.');
}

const SENDING = new Set(['opensearch', 'otlp', 'otlphttp', 'elasticsearch', 'kafka', 'loki', 'splunk_hec', 'otlp_grpc', 'otlp_http']);

function lintExporter(id: string, options: OtelOptions, config: OtelCollectorConfig, report: Report): void {
  const type = typeOf(id);
  if (!SENDING.has(type)) return;
  const path = ['exporters', id];
  const queue = isRecord(options['sending_queue']) ? options['sending_queue'] : {};
  if (queue['enabled'] !== false && queue['storage'] === undefined) report('lost-on-restart', [...path, 'sending_queue'], 'The queue is in memory, and lost with the process.', 'storage: file_storage');
  if (queue['enabled'] !== false && queue['block_on_overflow'] !== true) report('unbounded-buffer', [...path, 'sending_queue'], 'A full queue drops what comes.', 'block_on_overflow: true');
  if (type === 'elasticsearch') return;
  const retry = isRecord(options['retry_on_failure']) ? options['retry_on_failure'] : {};
  if (retry['enabled'] === false || (retry['max_elapsed_time'] !== 0 && retry['max_elapsed_time'] !== '0' && retry['max_elapsed_time'] !== '0s')) {
    report('finite-retry', [...path, 'retry_on_failure'], 'What is not delivered within the time (5 minutes unless it is set) is dropped.', 'max_elapsed_time: 0, with a limit on the queue.');
  }
  if (type !== 'opensearch') return;
  const version = Number(config.version?.split('.')[1] ?? NaN);
  if (!(version >= 165)) report('lost-while-away', path, 'While the server is away, the exporter takes every error for a lasting one, and drops the batch.', 'A later collector, or otlp(…) to Fluent Bit or Data Prepper, which write to OpenSearch.');
  const mapping = isRecord(options['mapping']) ? options['mapping'] : {};
  if (mapping['mode'] !== 'bodymap') report('wrong-mapping', [...path, 'mapping'], `The mode ${String(mapping['mode'] ?? 'ss4o')} writes fields of its own.`, 'mode: bodymap, where the body is the document.');
}

function lintReceiver(id: string, options: OtelOptions, report: Report): void {
  if (!['filelog', 'journald', 'file_log'].includes(typeOf(id))) return;
  if (options['storage'] === undefined) report('lost-on-restart', ['receivers', id], 'Where it has read to is in memory only: after a restart lines are lost or there twice.', 'storage: file_storage, with start_at: beginning.');
}

/** Two receivers that read the same pattern, for one exporter. */
function lintFiles(config: OtelCollectorConfig, report: Report): void {
  const first = new Map<string, string>();
  const pipelines = Object.values(isRecord(config.service.pipelines) ? config.service.pipelines : {});
  for (const [id, options] of Object.entries(componentsOf(config, 'receivers'))) {
    const include = isRecord(options) && Array.isArray(options['include']) && typeOf(id) === 'filelog' ? (options['include'] as readonly OtelValue[]) : [];
    const exporters = pipelines.filter(({ receivers }) => listOf(receivers).includes(id)).flatMap(({ exporters: named }) => listOf(named));
    for (const pattern of include) {
      if (typeof pattern !== 'string') continue;
      for (const exporter of exporters) {
        const other = first.get(`${exporter} ${pattern}`);
        if (other !== undefined && other !== id) report('same-database', ['receivers', id, 'include'], `${pattern} is read by ${other} already, for ${exporter}.`);
        else first.set(`${exporter} ${pattern}`, id);
      }
    }
  }
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function lintHealth(config: OtelCollectorConfig, report: Report): void {
  const health = Object.entries(componentsOf(config, 'extensions')).filter(([id]) => ['health_check', 'healthcheckv2'].includes(typeOf(id)));
  if (health.length === 0) report('probe-restarts-agent', ['extensions'], 'Without health_check there is nothing for a probe to ask.', 'health_check: { endpoint: 0.0.0.0:13133 }');
  for (const [id, options] of health) {
    const check = isRecord(options) && isRecord(options['check_collector_pipeline']) ? options['check_collector_pipeline'] : {};
    if (check['enabled'] === true) report('probe-restarts-agent', ['extensions', id], 'It fails when exports fail: a probe would restart the collector because the backend is away.', 'Leave check_collector_pipeline off.');
  }
}

const SECRET_NAME = /(?:^|_)(?:password|passphrase|secret|secret_key|secret_access_key|api_key|token|bearer_token|authorization|key_pem)$/i;

function lintSecrets(value: OtelValue, path: readonly string[], report: Report): void {
  if (isSecretReference(value) || typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value as Readonly<Record<string, OtelValue>>)) {
    const at = [...path, name];
    if (name === 'insecure_skip_verify' && item === true) report('certificate-not-checked', at, 'Any server may take the place of the right one.', 'Give ca_file.');
    if (typeof item !== 'string') lintSecrets(item, at, report);
    else if (!item.includes('${')) {
      if (SECRET_NAME.test(name) && item !== '') report('secret-in-plain-text', at, `${name} stands in plain text.`, 'Give fromSecret(…), written ${env:NAME}.');
      else if (/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i.test(item)) report('secret-in-plain-text', at, `The address in ${name} has a password in it.`, 'Use the basicauth extension.');
    }
  }
}
