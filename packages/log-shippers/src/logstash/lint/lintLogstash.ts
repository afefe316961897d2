import { cut, type Problem, type Severity } from '../../lint/problem.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import type { LogstashConfig, LogstashPipeline } from '../config.ts';
import { eachCondition, eachPlugin, type PlacedPlugin } from '../eachPlugin.ts';
import type { LogstashCondition, LogstashExpression, LogstashValue } from '../language/model.ts';
import { lintPlugin } from './lintPlugin.ts';
import { LOGSTASH_RULES, type LogstashRule } from './rules.ts';

/** Reports a problem at a place. */
export type Report = (rule: LogstashRule, at: { readonly path: string; readonly line?: number | undefined }, message: string, hint?: string, severity?: Severity) => void;

/** What Logstash's own check misses, and what it finds too. The rules are in {@link LOGSTASH_RULES}. */
export function lintLogstash(config: LogstashConfig): Problem<LogstashRule>[] {
  const problems: Problem<LogstashRule>[] = [];
  for (const pipeline of config.pipelines) {
    const report: Report = (rule, { path, line }, message, hint, severity = LOGSTASH_RULES[rule].severity) => {
      const at = { ...(pipeline.file === undefined ? {} : { file: pipeline.file }), ...(line === undefined ? {} : { line }), path };
      problems.push({ rule, severity, at, message: cut(message), ...(hint === undefined ? {} : { hint: cut(hint) }) });
    };
    const plugins = eachPlugin(pipeline);
    lintSections(pipeline, report);
    for (const placed of plugins) lintPlugin(placed, config, report);
    lintConditions(pipeline, report);
    lintPairs(plugins, report);
    lintSettings(config, pipeline, plugins, report);
  }
  return problems;
}

function lintSections({ sections, end }: LogstashPipeline, report: Report): void {
  // A file may hold a part of a pipeline: Logstash puts all files of a folder together.
  if (end !== undefined) return;
  for (const wanted of ['input', 'output'] as const) {
    if (!sections.some(({ section, body }) => section === wanted && body.length > 0)) report('missing-section', { path: wanted }, `The pipeline has no ${wanted}.`);
  }
}

function lintConditions(pipeline: LogstashPipeline, report: Report): void {
  for (const { condition, path, line } of eachCondition(pipeline)) {
    for (const expression of expressionsOf(condition)) {
      if (expression.kind !== 'in' || typeof expression.right !== 'object' || expression.right.kind !== 'field') continue;
      const only = /^\[(["'].*["'])\]$/.exec(expression.right.path)?.[1];
      if (only !== undefined) report('filter-matches-nothing', { path, line }, `[${only}] is read as a field of that name, not as a list of one.`, `Write == ${only}, or a list of two: [${only}, ${only}].`);
    }
  }
}

function expressionsOf(condition: LogstashCondition): LogstashExpression[] {
  const of = (expression: LogstashExpression): LogstashExpression[] => {
    if (expression.kind === 'group') return expressionsOf(expression.condition);
    if (expression.kind === 'not' && expression.of.kind === 'group') return expressionsOf(expression.of.condition);
    return [expression];
  };
  return condition.kind === 'chain' ? [condition.first, ...condition.rest.map(({ expression }) => expression)].flatMap(of) : of(condition);
}

function lintPairs(plugins: readonly PlacedPlugin[], report: Report): void {
  const seen = new Map<string, PlacedPlugin>();
  const twice = (rule: LogstashRule, key: LogstashValue | undefined, placed: PlacedPlugin, say: (first: PlacedPlugin) => string): void => {
    if (typeof key !== 'string' || key === '/dev/null' || key === 'NUL') return;
    const first = seen.get(`${rule} ${key}`);
    if (first === undefined) seen.set(`${rule} ${key}`, placed);
    else report(rule, { path: placed.path, line: placed.plugin.layout?.line }, say(first));
  };
  for (const placed of plugins) {
    const { options, plugin } = placed.plugin;
    twice('same-id', options['id'], placed, (first) => `The id ${JSON.stringify(options['id'])} is that of ${first.path} already.`);
    if (plugin === 'file' && placed.section === 'input') twice('same-database', options['sincedb_path'], placed, (first) => `Its sincedb is that of ${first.path}.`);
  }
}

/** Only where settings are known: a pipeline file alone says nothing of them. */
function lintSettings(config: LogstashConfig, pipeline: LogstashPipeline, plugins: readonly PlacedPlugin[], report: Report): void {
  for (const [name, value] of Object.entries(config.settings)) {
    if (/password|otlp\.headers/.test(name) && !name.includes('policy') && typeof value === 'string' && !value.includes('${') && !isSecretReference(value)) {
      report('secret-in-plain-text', { path: `logstash.yml: ${name}` }, `${name} stands in plain text.`, 'Give fromSecret(…).');
    }
  }
  if (Object.keys(config.settings).length === 0) return;
  const settings = { ...config.settings, ...pipeline.settings };
  const isNetwork = plugins.some(({ section, plugin }) => section === 'input' && ['beats', 'http', 'tcp', 'udp', 'syslog', 'elastic_agent'].includes(plugin.plugin));
  if (isNetwork && settings['queue.type'] !== 'persisted') {
    report('unbounded-buffer', { path: 'logstash.yml: queue.type' }, 'What senders have an acknowledgement for is in memory only.', "'queue.type': 'persisted', 'queue.max_bytes': '1gb'");
  }
  if (plugins.some(({ plugin }) => ['opensearch', 'elasticsearch'].includes(plugin.plugin)) && settings['dead_letter_queue.enable'] !== true) {
    report('refused-documents-are-lost', { path: 'logstash.yml: dead_letter_queue.enable' }, 'A document that the index refuses (400, 404) is dropped with a line in the log.', "'dead_letter_queue.enable': true");
  }
}
