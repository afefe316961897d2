import type { ConfigFiles } from '../config/shipperOptions.ts';
import { badValue } from '../quantities/quantities.ts';
import { isSecretReference, type SecretReference } from '../secrets/secretReference.ts';
import type { FluentdConfig } from './model/config.ts';
import { directiveOf, directivesOf } from './model/fromNodes.ts';
import { itemOf } from './model/toItems.ts';
import type { Item } from './syntax/element.ts';
import { editText } from './syntax/editText.ts';
import { parseSyntax } from './syntax/parseSyntax.ts';
import type { SyntaxNode } from './syntax/syntax.ts';
import { writeItems } from './syntax/writeElement.ts';
import { yamlOf } from './syntax/writeYaml.ts';

/** How {@link fluentdFiles} writes. */
export interface FluentdFilesOptions {
  /** Fluentd's own format, or the YAML that it reads since 1.15 from files that end in `.yaml`. @default 'conf' */
  readonly format?: 'conf' | 'yaml';
}

/**
 * A configuration as files. One that was read keeps what is unchanged as it was, comments and all; as YAML, it is written anew.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for an unknown option ("did you mean"), a wrong unit, a port as text, or a secret in plain text.
 */
export function fluentdFiles(config: FluentdConfig, { format = 'conf' }: FluentdFilesOptions = {}): ConfigFiles {
  const main = format === 'yaml' ? 'fluent.yaml' : 'fluent.conf';
  const text = format === 'yaml' ? yamlOf(config.directives.map((directive) => itemOf(directive, true))) : confOf(config);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_BYTES) throw badValue(main, `it has ${bytes} bytes, and a ConfigMap takes ${MOST_BYTES}.`, 'Split it with include(…).');
  return { files: { [main]: text }, main, args: ['-c', `{config}/${main}`], environment: secretsIn(config) };
}

/** What Kubernetes stores as one ConfigMap. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads Fluentd's configuration format. Writing it again gives the same bytes where nothing was changed.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE with the line, where Fluentd refuses the text too.
 */
export function parseFluentd(text: string, options: { readonly file?: string } = {}): FluentdConfig {
  const nodes = parseSyntax(text, options.file);
  return { directives: directivesOf(nodes), origin: { text, ...(options.file === undefined ? {} : { file: options.file }) } };
}

function confOf({ directives, origin }: FluentdConfig): string {
  if (origin === undefined) return writeItems(directives.map((directive) => itemOf(directive, true)));
  // What is neither a directive nor an @include stays where it is.
  const nodes = parseSyntax(origin.text, origin.file).filter((node) => directiveOf(node) !== undefined);
  const before = nodes.map((node) => meantBy(node));
  const unchanged = new Set(before.map((item) => JSON.stringify(item)));
  const after = directives.map((directive) => {
    const item = itemOf(directive, false);
    return unchanged.has(JSON.stringify(item)) ? item : itemOf(directive, true);
  });
  return editText(origin.text, nodes, before.map((item, at) => inOrder(item, nodes[at] as SyntaxNode)), after);
}

function meantBy(node: SyntaxNode): Item {
  const directive = directiveOf(node);
  return directive === undefined ? asItStands(node) : itemOf(directive, false);
}

/** The parts of an item in the order of the text, one a node. Of an option that stands there twice, the last one counts. */
function inOrder(item: Item, node: SyntaxNode): Item {
  if (item.kind !== 'element' || node.kind !== 'element') return item;
  const left = [...item.items];
  const parts = node.items.toReversed().map((part) => {
    const at = left.findLastIndex(({ kind, name }) => kind === part.kind && (name === part.name || (name === '@type' && part.name === 'type')));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return found === undefined ? asItStands(part) : inOrder(found, part);
  });
  return { ...item, items: parts.reverse() };
}

function asItStands(node: SyntaxNode): Item {
  if (node.kind === 'parameter') return { kind: 'parameter', name: node.name, value: node.value };
  return { kind: 'element', name: node.name, argument: node.argument, items: node.items.map(asItStands) };
}

/** The secrets that a configuration refers to, each once. */
function secretsIn(config: FluentdConfig): readonly SecretReference[] {
  const found = new Map<string, SecretReference>();
  const walk = (value: unknown): void => {
    if (isSecretReference(value)) found.set(value.variable, value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(config.directives);
  return [...found.values()];
}
