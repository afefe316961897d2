import { isDeepStrictEqual } from 'node:util';
import { type Document, isCollection, isScalar, parseDocument, stringify } from 'yaml';
import type { ConfigFiles } from '../config/shipperOptions.ts';
import { nearest } from '../lint/problem.ts';
import { badValue } from '../quantities/quantities.ts';
import { isSecretReference, type SecretReference } from '../secrets/secretReference.ts';
import { componentsOf, OTEL_SECTIONS, type OtelCollectorConfig, type OtelValue, typeOf } from './model.ts';
import { optionProblems } from './optionProblems.ts';

const FILE = 'collector.yaml';

/**
 * The configuration as the collector reads it. One that was read by `parseOtelCollector` keeps its comments, its order and its spelling:
 * what wasn't changed is written as it was.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for a component in a pipeline that isn't defined, an option that a known component doesn't have,
 * or a value of the wrong type.
 */
export function otelCollectorFiles(config: OtelCollectorConfig): ConfigFiles {
  const secrets = new Map<string, SecretReference>();
  if (config.source === undefined) refuseMistakes(config);
  const plain = plainOf(config, secrets);
  const text = config.source === undefined ? stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false }) : changed(config.source.text, plain);
  return { files: { [FILE]: text }, main: FILE, args: ['--config', `{config}/${FILE}`], environment: [...secrets.values()] };
}

function plainOf(config: OtelCollectorConfig, secrets: Map<string, SecretReference>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const section of OTEL_SECTIONS) {
    const components = componentsOf(config, section);
    if (config[section] === undefined && config.extra?.[section] === undefined) continue;
    if (config.source === undefined && Object.keys(components).length === 0) continue;
    plain[section] = Object.fromEntries(Object.entries(components).map(([id, options]) => [id, options === undefined || options === null ? null : written(options, secrets)]));
  }
  plain['service'] = written(config.service as unknown as OtelValue, secrets);
  return plain;
}

/** Secrets in the collector's syntax for its environment. A dollar of any other text stays: it may be one already. */
function written(value: OtelValue, secrets: Map<string, SecretReference>): unknown {
  if (isSecretReference(value)) {
    secrets.set(value.variable, value);
    return `\${env:${value.variable}}`;
  }
  if (Array.isArray(value)) return (value as readonly OtelValue[]).map((item) => written(item, secrets));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value as Readonly<Record<string, OtelValue | undefined>>).flatMap(([name, item]) => (item === undefined ? [] : [[name, written(item, secrets)]])));
  }
  return value;
}

/** The text with only that changed which differs from what it says. */
function changed(text: string, plain: Record<string, unknown>): string {
  const document = parseDocument(text);
  const before: unknown = document.toJS();
  // A section without anything under it is null, or isn't there at all.
  const isNothing = (name: string, value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0 && isRecord(before) && (before[name] ?? null) === null;
  const given = Object.entries(plain).filter(([name, value]) => !isNothing(name, value));
  const others = Object.entries(isRecord(before) ? before : {}).filter(([name, value]) => !KNOWN.includes(name) || value === null);
  const after = Object.fromEntries([...others, ...given]);
  if (isDeepStrictEqual(before, after)) return text;
  const edits: Edit[] = [];
  const isSmall = update(document, [], isRecord(before) ? before : {}, after, edits);
  if (!isSmall) return document.toString({ lineWidth: 0 });
  return edits.toSorted((one, other) => other.from - one.from).reduce((rest, { from, to, value }) => rest.slice(0, from) + value + rest.slice(to), text);
}

/** A value in the text, and what stands there instead. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

const KNOWN: readonly string[] = [...OTEL_SECTIONS, 'service'];

/** Changes the document, and says whether it was enough to put single values in place of others, which are then in `edits`. */
function update(document: Document, path: readonly string[], before: Record<string, unknown>, after: Record<string, unknown>, edits: Edit[]): boolean {
  let isSmall = true;
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(after, name)) continue;
    document.deleteIn([...path, name]);
    isSmall = false;
  }
  for (const [name, value] of Object.entries(after)) {
    const known = before[name];
    if (Object.hasOwn(before, name) && isDeepStrictEqual(known, value)) continue;
    const node = document.getIn([...path, name], true);
    if (isRecord(known) && isRecord(value) && isCollection(node)) isSmall = update(document, [...path, name], known, value, edits) && isSmall;
    // A list of as many is changed item by item: the comments between them stay.
    else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length && isCollection(node)) isSmall = update(document, [...path, name], { ...(known as object) }, { ...(value as object) }, edits) && isSmall;
    else if (isScalar(node) && node.range && node.range[1] > node.range[0] && node.anchor === undefined && typeof node.source === 'string' && !node.source.includes('\n') && isSingle(value)) {
      edits.push({ from: node.range[0], to: node.range[1], value: JSON.stringify(value).replace(/^"([A-Za-z_][\w/.-]*)"$/, (quoted, word: string) => (/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(word) ? quoted : word)) });
      node.value = value;
      delete node.source;
    } else {
      document.setIn([...path, name], document.createNode(value));
      isSmall = false;
    }
  }
  return isSmall;
}

function isSingle(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value !== 'object';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseMistakes(config: OtelCollectorConfig): void {
  for (const section of OTEL_SECTIONS) {
    for (const [id, options] of Object.entries(componentsOf(config, section))) {
      for (const { path, message, hint } of optionProblems(section, typeOf(id), options ?? {})) throw badValue(`${section}.${id}${path}`, message, hint);
    }
  }
  for (const [name, pipeline] of Object.entries(config.service.pipelines)) {
    for (const part of ['receivers', 'processors', 'exporters'] as const) {
      for (const id of pipeline[part] ?? []) {
        const known = [...Object.keys(componentsOf(config, part)), ...(part === 'processors' ? [] : Object.keys(componentsOf(config, 'connectors')))];
        if (!known.includes(id)) throw badValue(`service.pipelines.${name}.${part}`, `${id} is not defined.`, nearest(id, known) === undefined ? `Define it in ${part}.` : `Did you mean ${nearest(id, known) ?? ''}?`);
      }
    }
  }
}
