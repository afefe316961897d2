import { nearest } from '../../lint/problem.ts';
import type { SectionAt } from '../check.ts';
import type { FluentBitConfig } from '../model.ts';
import { BUILT_IN_MULTILINE_PARSERS } from '../serviceOptions.ts';
import { overlap } from './tags.ts';
import type { Report } from './report.ts';

/** What the linter knows of other files. */
export interface ParserKnowledge {
  /** Names of parsers in files that the configuration names. */
  readonly parsers?: readonly string[];
  readonly multilineParsers?: readonly string[];
  /** Another file includes this one: what it doesn't have may be there. */
  readonly isPart?: boolean;
}

function texts(value: unknown): readonly string[] {
  return [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(/\s*,\s*/) : []));
}

/** Parsers that are named and not there. With a parsers file whose content isn't known, nothing can be said. */
export function checkParsers(config: FluentBitConfig, sections: readonly SectionAt[], knowledge: ParserKnowledge, report: Report): void {
  const outside = config.service?.parsers_file !== undefined || config.includes !== undefined;
  if (outside && knowledge.parsers === undefined && knowledge.multilineParsers === undefined) return;
  const parsers = new Set([...(config.parsers ?? []).map(({ name }) => String(name)), ...(knowledge.parsers ?? [])]);
  const multiline = new Set([...BUILT_IN_MULTILINE_PARSERS, ...(config.multilineParsers ?? []).map(({ name }) => String(name)), ...(knowledge.multilineParsers ?? [])]);
  const look = (at: SectionAt, option: string, known: ReadonlySet<string>): void => {
    for (const name of texts(at.section[option])) {
      if (name === '' || known.has(name) || name.includes('${')) continue;
      const meant = nearest(name, known);
      report('unknown-parser', at, option, `There is no ${option.startsWith('multiline') ? 'multiline ' : ''}parser ${JSON.stringify(name)}.`, meant === undefined ? (known.size === 0 ? 'Define it in parsers.' : `Defined are ${[...known].join(', ')}.`) : `Did you mean ${meant}?`);
    }
  };
  for (const at of sections) {
    if (at.list === 'multilineParsers') look(at, 'parser', parsers);
    if (!['inputs', 'filters', 'processors'].includes(at.list)) continue;
    for (const option of Object.keys(at.section)) {
      if (/^(parser|parser_\d+|parser_firstline|docker_mode_parser|merge_parser|regex_parser)$/.test(option)) look(at, option, parsers);
      else if (option === 'multiline.parser') look(at, option, multiline);
    }
  }
}

/** The key under which a regular expression of a parser puts the rest of the line. */
function lineKey(regex: unknown): string | undefined {
  return typeof regex === 'string' ? /\(\?<(message|log|msg|content)>(?:\.[*+]|\[)/.exec(regex)?.[1] : undefined;
}

/** Container logs and the kubernetes filter. */
export function checkKubernetes(config: FluentBitConfig, inputs: readonly SectionAt[], filters: readonly SectionAt[], report: Report): void {
  for (const at of filters.filter(({ section }) => section['name'] === 'kubernetes')) {
    const { section } = at;
    const match = typeof section['match'] === 'string' ? section['match'] : '*';
    const read = inputs.filter(({ section: input }) => input['name'] === 'tail' && typeof input['tag'] === 'string' && overlap(input['tag'], match));
    if (section['buffer_size'] === undefined) report('kubernetes-buffer-size', at, undefined, 'The answer of the API may be longer than the 32K that are read.', 'buffer_size: 0');
    for (const input of read) {
      if (section['merge_log'] === true) checkMergeKey(config, input, filters.slice(0, filters.indexOf(at)), at, report);
      checkTagPrefix(input, section['kube_tag_prefix'], at, report);
    }
  }
  for (const at of inputs) {
    const { section } = at;
    if (section['name'] !== 'tail' || !texts(section['path']).some((path) => path.includes('/var/log/containers/'))) continue;
    const parsers = [...texts(section['multiline.parser']), ...texts(section['parser'])];
    if (section['docker_mode'] === true && section['multiline.parser'] === undefined) report('docker-parser-on-cri', at, 'docker_mode', 'docker_mode reads the format of Docker only.', 'multiline.parser: docker, cri');
    else if (parsers.length === 0) report('docker-parser-on-cri', at, undefined, 'Lines of containers are read without a parser: time, stream and flag stay in the line.', 'multiline.parser: docker, cri');
    const excluded = texts(section['exclude_path']);
    if (texts(section['path']).some((path) => path.endsWith('/*.log') || path.endsWith('/*')) && excluded.length === 0) report('reads-own-logs', at, 'path', 'The agent’s own log is among these files.', 'exclude_path: /var/log/containers/*_*_fluent-bit-*.log');
  }
}

function checkMergeKey(config: FluentBitConfig, input: SectionAt, before: readonly SectionAt[], filter: SectionAt, report: Report): void {
  const parser = (config.parsers ?? []).find(({ name }) => name === input.section['parser']);
  const key = parser === undefined ? undefined : lineKey(parser.regex);
  if (key === undefined || key === 'log') return;
  const renamed = before.some(({ section }) => section['name'] === 'modify' && [section['rename'], section['hard_rename'], section['copy'], section['hard_copy']].flat().some((rule) => new RegExp(`^${key}\\s+log$`).test(String(rule))));
  if (renamed) return;
  report('merge-log-key', filter, 'merge_log', `The parser ${String(parser?.name)} writes the line under ${key}, and merge_log looks for log: nothing is merged.`, `Name the group log: (?<log>.*), or use multiline.parser: cri on ${input.path}.`);
}

function checkTagPrefix(input: SectionAt, given: unknown, filter: SectionAt, report: Report): void {
  const tag = String(input.section['tag']);
  // Put together out of the file's name by the input itself.
  if (/<\w+>/.test(tag)) return;
  const star = tag.indexOf('*');
  if (star < 0) return report('kubernetes-tag-prefix', input, 'tag', `The tag ${tag} does not have the file’s name in it, and the kubernetes filter takes the pod out of that.`, `tag: ${tag}.*`);
  const prefix = typeof given === 'string' ? given : 'kube.var.log.containers.';
  if (prefix.includes('${') || filter.section['regex_parser'] !== undefined) return;
  const directories = texts(input.section['path']).map((path) => path.slice(0, path.lastIndexOf('/') + 1).replaceAll('/', '.').replace(/^\./, ''));
  const real = directories.filter((directory) => !/[*${}]/.test(directory)).map((directory) => `${tag.slice(0, star)}${directory}`);
  // The name of the pod is looked for behind the prefix, not right behind it: a dot may stand between.
  const wrong = real.find((each) => each !== prefix && each !== `${prefix}.`);
  if (wrong !== undefined) report('kubernetes-tag-prefix', filter, given === undefined ? undefined : 'kube_tag_prefix', `Tags of ${input.path} begin with ${wrong}, not with ${prefix}: no pod is found.`, `kube_tag_prefix: ${wrong}`);
}
