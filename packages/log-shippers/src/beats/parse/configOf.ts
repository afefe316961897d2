import { PodscopeError } from '@podscope/core';
import { parseDocument } from 'yaml';
import type { BeatsConfig, BeatsSource, BeatsVersion } from '../model/beatsConfig.ts';
import { flat, nested } from '../model/flat.ts';
import { endsAt, inputOptions, moduleOptions, outputOptions, processorOptions, settingOptions } from '../model/known.ts';
import { isTree, type Tree, type TreeValue } from '../model/tree.ts';

/** As many aliases as a person writes, and no bomb. */
const MOST_ALIASES = 200;

/** The tree of a text. @throws PodscopeError SHIPPER_BAD_SYNTAX with the place when it is no YAML map. */
export function treeOfText({ file, text }: BeatsSource): Tree {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  const name = file ?? 'the configuration';
  if (error !== undefined) throw new PodscopeError('SHIPPER_BAD_SYNTAX', `${name} is no YAML: ${error.message.split('\n')[0]}`, { hint: 'Mind the indentation, and quote values with a colon, a brace or a %.', cause: error });
  let tree: unknown;
  try {
    tree = document.toJS({ maxAliasCount: MOST_ALIASES });
    // Refuses what has itself inside, which an alias can make.
    JSON.stringify(tree);
  } catch (cause) {
    throw new PodscopeError('SHIPPER_BAD_SYNTAX', `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { hint: 'Too many aliases, or too deep a nesting.', cause });
  }
  if (tree === null || tree === undefined) return {};
  if (!isTree(tree)) throw new PodscopeError('SHIPPER_BAD_SYNTAX', `${name} is no map of settings.`, { hint: 'Such as filebeat.inputs: [...]' });
  return tree;
}

const asList = (value: TreeValue): readonly TreeValue[] => (Array.isArray(value) ? (value as readonly TreeValue[]) : value === undefined || value === null ? [] : [value]);

/** An item with its options by their dotted names, and what isn't known in `extra`. */
function item(tree: Tree, options: ReturnType<typeof inputOptions>): Tree {
  if (options === undefined) return tree;
  const known: Record<string, TreeValue> = {};
  const extra: Record<string, TreeValue> = {};
  for (const [name, value] of flat(tree, endsAt(options))) {
    if (name === 'processors') known[name] = asList(value).map(processor);
    else (Object.hasOwn(options, name) ? known : extra)[name] = value;
  }
  return Object.keys(extra).length === 0 ? known : { ...known, extra };
}

/** Dotted names such as `drop_event.when.regexp` are taken apart; the options of a processor are not. */
function processor(value: TreeValue): TreeValue {
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(nested(value)).map(([name, settings]) => {
    const options = processorOptions(name);
    return [name, isTree(settings) && options !== undefined ? item(settings, options) : settings];
  }));
}

/** The model of a text. */
export function configOf(kind: BeatsConfig['kind'], version: BeatsVersion, source: BeatsSource): BeatsConfig {
  const tree = nested(treeOfText(source));
  const { [kind]: own, output, processors, ...others } = tree;
  const ownTree = isTree(own) ? own : {};
  const { inputs, modules, ...ownOthers } = ownTree;
  const options = settingOptions(kind);
  const settings: Record<string, TreeValue> = {};
  const extra: Record<string, TreeValue> = {};
  const rest: Tree = { ...others, ...(Object.keys(ownOthers).length === 0 ? {} : { [kind]: ownOthers }) };
  for (const [name, value] of flat(rest, endsAt(options))) (Object.hasOwn(options, name) ? settings : extra)[name] = value;
  if (kind === 'filebeat' && modules !== undefined) settings['filebeat.modules'] = modules;
  if (kind === 'metricbeat' && inputs !== undefined) extra['metricbeat.inputs'] = inputs;
  const outputs = isTree(output) ? Object.entries(output).map(([name, value]) => [name, isTree(value) ? item(value, outputOptions(name)) : value]) : [];
  const config = {
    kind, version,
    ...(kind === 'filebeat'
      ? { inputs: asList(inputs).map((each) => (isTree(each) ? item(nested(each), inputOptions(String(each['type'] ?? 'log'))) : each)) }
      : { modules: asList(modules).map((each) => (isTree(each) ? item(nested(each), moduleOptions(String(each['module'] ?? ''))) : each)) }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(processors === undefined ? {} : { processors: asList(processors).map(processor) }),
    ...(outputs.length === 0 ? {} : { output: Object.fromEntries(outputs) as Tree }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
    source,
  };
  return config as unknown as BeatsConfig;
}
