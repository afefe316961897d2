import type { Shipper } from '@podscope/log-shippers';

/** How the text of a configuration shows whose it is: names first, then what stands at the beginning of lines. */
const NAMES: readonly (readonly [RegExp, Shipper])[] = [
  [/^(?:fluent-?bit|parsers)[^/]*\.(?:conf|ya?ml)$/i, 'fluent-bit'],
  [/^(?:td-agent|fluentd|fluent)[^/]*\.conf$/i, 'fluentd'],
  [/^filebeat[^/]*\.ya?ml$/i, 'filebeat'],
  [/^metricbeat[^/]*\.ya?ml$/i, 'metricbeat'],
  [/^(?:logstash|pipeline)[^/]*\.conf$/i, 'logstash'],
  [/^(?:otel|collector|relay)[^/]*\.ya?ml$/i, 'otel-collector'],
];
const TEXTS: readonly (readonly [RegExp, Shipper])[] = [
  [/^\s*\[(?:SERVICE|INPUT|FILTER|OUTPUT|PARSER|MULTILINE_PARSER)\]\s*$/im, 'fluent-bit'],
  [/^\s*<(?:source|match|filter|system|label)\b/m, 'fluentd'],
  [/^(?:filebeat[.:]|"filebeat)/m, 'filebeat'],
  [/^(?:metricbeat[.:]|"metricbeat)/m, 'metricbeat'],
  [/^\s*(?:input|filter|output)\s*\{/m, 'logstash'],
  [/^receivers:[\s\S]*^service:|^service:[\s\S]*^receivers:/m, 'otel-collector'],
  [/^pipeline:\s*$[\s\S]*^\s+(?:inputs|outputs):/m, 'fluent-bit'],
];

/** A unit of systemd has a [Service], too. */
const UNIT = /^\[(?:Unit|Install|Timer|Socket)\]\s*$|^(?:ExecStart|WantedBy)=/m;
/** OpenTelemetry's SDKs have files of the same names. */
const COLLECTOR = /^(?:receivers|processors|exporters|connectors|extensions|service):/m;

/** The program that a configuration is for; undefined when neither its name nor its text tells. */
export function programOf(name: string, text: string): Shipper | undefined {
  // Names like fluent.conf are used for several programs: what is written counts first.
  const told = TEXTS.find(([pattern]) => pattern.test(text))?.[1];
  if (told !== undefined) return told === 'fluent-bit' && UNIT.test(text) ? undefined : told;
  const named = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  return named === 'otel-collector' && !COLLECTOR.test(text) ? undefined : named;
}
