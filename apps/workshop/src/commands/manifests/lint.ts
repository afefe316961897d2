import { isPodscopeError } from '@podscope/core';
import type { Problem, Shipper, VersionOf } from '@podscope/log-shippers';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { ParserKnowledge } from '@podscope/log-shippers/fluent-bit';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { type Configuration, readConfigurations } from './configurations.ts';
import { programOf } from './detect.ts';
import { fluentBitKnowledge } from './fluentBitParts.ts';

/** A configuration that was looked at, and what is wrong with it. */
interface Looked {
  readonly configuration: Configuration;
  readonly program: Shipper;
  readonly problems: readonly Problem[];
}

type Lint = (text: string, file: string, beside: (parse: ParseFluentBit) => ParserKnowledge, version: VersionOf<'filebeat' | 'metricbeat'> | undefined) => readonly Problem[];
type ParseFluentBit = Parameters<typeof fluentBitKnowledge>[2];

/** The code of one program is loaded when one of its configurations is there. */
const LINTERS: Readonly<Record<Shipper, () => Promise<Lint>>> = {
  'fluent-bit': async () => {
    const { lintFluentBit, parseFluentBit } = await import('@podscope/log-shippers/fluent-bit');
    return (text, file, beside) => lintFluentBit(parseFluentBit(text, { file }), beside(parseFluentBit));
  },
  fluentd: async () => {
    const { lintFluentd, parseFluentd } = await import('@podscope/log-shippers/fluentd');
    return (text, file) => lintFluentd(parseFluentd(text, { file }));
  },
  filebeat: async () => {
    const { lintFilebeat, parseFilebeat } = await import('@podscope/log-shippers/beats');
    return (text, file, _, version) => lintFilebeat(parseFilebeat(text, { file, ...(version === undefined ? {} : { version }) }));
  },
  metricbeat: async () => {
    const { lintMetricbeat, parseMetricbeat } = await import('@podscope/log-shippers/beats');
    return (text, file, _, version) => lintMetricbeat(parseMetricbeat(text, { file, ...(version === undefined ? {} : { version }) }));
  },
  logstash: async () => {
    const { lintLogstash, parseLogstash } = await import('@podscope/log-shippers/logstash');
    return (text, file) => lintLogstash(parseLogstash(text, { file }));
  },
  'otel-collector': async () => {
    const { lintOtelCollector, parseOtelCollector } = await import('@podscope/log-shippers/otel-collector');
    return (text, file) => lintOtelCollector(parseOtelCollector(text, { file }));
  },
};

/** `podscope manifests lint <files…>`: exits with 1 when there is an error, or with `--strict` a warning. */
export const run: CommandAction = async ({ output }, paths, options) => {
  const program = options['program'] as Shipper | undefined;
  const looked: Looked[] = [];
  const skipped: string[] = [];
  const all = await readConfigurations(paths);
  for (const configuration of all) {
    const whose = program ?? programOf(configuration.name, configuration.text);
    if (whose === undefined) skipped.push(shownPlace(configuration));
    else looked.push({ configuration, program: whose, problems: await problemsOf(configuration, all, whose) });
  }
  if (looked.length === 0) throw usageError(`No configuration of a shipper is in ${paths.join(', ')}.`, 'Say whose it is with --program, if it is one.');
  const problems = looked.flatMap((each) => each.problems.map((problem) => ({ program: each.program, ...(each.configuration.configMap === undefined ? {} : { configMap: each.configuration.configMap, key: each.configuration.name }), ...problem })));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  output.result({ files: looked.map(({ configuration, program: whose, problems: { length } }) => ({ file: configuration.file, ...(configuration.configMap === undefined ? {} : { configMap: configuration.configMap, key: configuration.name }), program: whose, problems: length })), problems, skipped, summary: { errors, warnings } }, () => [
    ...problems.flatMap(({ at, severity, rule, message, hint }) => [`${at.file ?? ''}${at.line === undefined ? '' : `:${at.line}`}: ${severity}: ${message} [${rule}]${at.path === '' ? '' : ` at ${at.path}`}`, ...(hint === undefined ? [] : [`    ${hint}`])]),
    ...skipped.map((place) => `* ${place}: not looked at, no configuration of a shipper`),
    `${looked.length} configuration${looked.length === 1 ? '' : 's'}: ${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}.`,
  ]);
  return errors > 0 || (options['strict'] === true && warnings > 0) ? exitCodes.failed : exitCodes.ok;
};

function shownPlace({ file, configMap, name }: Configuration): string {
  return configMap === undefined ? file : `${file} (ConfigMap ${configMap}, ${name})`;
}

/**
 * What the linter of its program says of a configuration. What can't be parsed is a problem like others: the rest is looked at all the same.
 *
 * @param version of Beats, whose options differ; the newest without one
 */
export async function problemsOf(configuration: Configuration, all: readonly Configuration[], program: Shipper, version?: VersionOf<'filebeat' | 'metricbeat'>): Promise<readonly Problem[]> {
  const look = await LINTERS[program]();
  const { file, name, text, lineOffset } = configuration;
  try {
    // By its own name, which may tell its format; a ConfigMap's lines are then those of the file.
    return look(text, name, (parse) => fluentBitKnowledge(configuration, all, parse), version).map((problem) => ({ ...problem, at: { ...problem.at, file, ...(problem.at.line === undefined ? {} : { line: problem.at.line + lineOffset }) } }));
  } catch (error) {
    if (!isPodscopeError(error)) throw error;
    return [{ rule: 'unreadable', severity: 'error', at: { file, path: '' }, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }];
  }
}
