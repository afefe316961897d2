import type { Problem } from '../../lint/problem.ts';
import type { Directive, FluentdConfig } from '../model/config.ts';
import { directiveOf } from '../model/fromNodes.ts';
import { typeOf } from '../model/toItems.ts';
import { parseSyntax } from '../syntax/parseSyntax.ts';
import { lintMatch, lintSource } from './lintDelivery.ts';
import { lintOptions } from './lintOptions.ts';
import { lintRouting } from './lintRouting.ts';
import { type Place, Report } from './report.ts';
import type { FluentdRule } from './rules.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a configuration of Fluentd, beyond what its dry run sees: unknown options, values that it reads as something else,
 * events that nothing takes, and what loses or doubles documents when the server is busy or away. `RULES` says for each where it is from.
 * A configuration that includes other files, or that is itself a part of one (it has no source, or nothing that takes events), is not asked
 * where its events go.
 */
export function lintFluentd(config: FluentdConfig): readonly Problem<FluentdRule>[] {
  const report = new Report(config.origin);
  const placed = placesOf(config.directives, '');
  for (const { directive, place } of everywhere(placed)) {
    lintOptions(report, directive, place);
    if (directive.directive === 'match') lintMatch(report, directive, place);
    if (directive.directive === 'source') lintSource(report, directive, place);
    if (directive.directive === 'filter' && typeOf({ ...directive.plugin }).type === 'concat' && ({ ...directive.plugin } as Values)['timeout_label'] === undefined) {
      report.add('timeout-is-error', { ...place, path: `${place.path}.timeout_label` }, 'What waits too long for its end goes to @ERROR, and is lost without that label.', 'timeout_label with the label that goes on.');
    }
  }
  lintStrays(report, config);
  lintShared(report, everywhere(placed));
  lintRouting(report, placed);
  return report.problems.sort((one, other) => (one.at.line ?? 0) - (other.at.line ?? 0));
}

interface Placed {
  readonly directive: Directive;
  readonly place: Place;
}

function placesOf(directives: readonly Directive[], before: string): readonly Placed[] {
  const seen = new Map<string, number>();
  return directives.map((directive) => {
    const number = seen.get(directive.directive) ?? 0;
    seen.set(directive.directive, number + 1);
    return { directive, place: { path: `${before}${directive.directive}[${number}]`, line: directive.line } };
  });
}

/** Directives with those inside of labels and workers. */
function everywhere(placed: readonly Placed[]): readonly Placed[] {
  return placed.flatMap(({ directive, place }) => [{ directive, place }, ...('directives' in directive ? everywhere(placesOf(directive.directives, `${place.path}.`)) : [])]);
}

/** Sections and parameters at the top of a file that nothing reads. */
function lintStrays(report: Report, { origin }: FluentdConfig): void {
  if (origin === undefined) return;
  for (const node of parseSyntax(origin.text, origin.file)) {
    if (directiveOf(node) === undefined) report.add('unknown-directive', { path: node.name, line: node.line }, `Nothing reads ${node.kind === 'element' ? `<${node.name}>` : node.name} here.`, 'A file has <system>, <source>, <filter>, <match>, <label>, <worker> and @include.');
  }
}

/** Names, files and ports that only one may have. */
function lintShared(report: Report, all: readonly Placed[]): void {
  const taken = new Map<string, string>();
  const take = (rule: FluentdRule, what: string, value: unknown, place: Place, hint: string, within = ''): void => {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const key = `${rule} ${what} ${within} ${value}`;
    const other = taken.get(key);
    if (other === undefined) taken.set(key, place.path);
    else report.add(rule, place, `${what} ${value} is that of ${other} too.`, hint);
  };
  let systems = 0;
  for (const { directive, place } of all) {
    if (directive.directive === 'system' && systems++ > 0) report.add('unknown-directive', place, 'There is a second <system>: Fluentd refuses to start.', 'Put both into one.');
    if (!('plugin' in directive)) continue;
    const values: Values = { ...directive.plugin };
    const { type } = typeOf(values);
    take('same-id', '@id', values['@id'], place, 'Give each plugin its own.');
    if (directive.directive === 'source' && type === 'tail') take('same-database', 'pos_file', values['pos_file'], place, 'Give each source its own: one overwrites the positions of the other.');
    if (directive.directive === 'source' && typeof values['port'] === 'number') take('same-port', isUdp(type, values) ? 'UDP port' : 'port', values['port'], place, 'Give each source its own.', String((values['bind'] ?? '0.0.0.0') as string));
    for (const buffer of buffersIn(values)) take('same-buffer', 'The buffer path', buffer['path'], place, 'Give each buffer its own.');
  }
}

/** in_syslog.rb: UDP, unless its transport or the older protocol_type says another. */
function isUdp(type: string | undefined, values: Values): boolean {
  const transport = values['transport'] as Values | undefined;
  return type === 'udp' || (type === 'syslog' && ['', 'udp'].includes(String((transport?.['@argument'] ?? values['protocol_type'] ?? '') as string)));
}

function buffersIn(values: Values): readonly Values[] {
  const own = values['buffer'];
  const stores = values['store'];
  return [
    ...(typeof own === 'object' && own !== null ? (Array.isArray(own) ? (own as readonly Values[]) : [own as Values]) : []),
    ...(Array.isArray(stores) ? (stores as readonly Values[]).flatMap(buffersIn) : []),
  ];
}
