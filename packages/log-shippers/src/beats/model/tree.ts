import { isSecretReference } from '../../secrets/secretReference.ts';
import type { BeatsConfig } from './beatsConfig.ts';

/** Values as Beats read them. */
export type Tree = { readonly [key: string]: TreeValue };
/** A value in a configuration. */
export type TreeValue = string | number | boolean | null | undefined | readonly TreeValue[] | Tree;

/** True for maps, as opposed to lists and single values. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A value with secrets in the way that Beats name environment variables, and the options of `extra` beside the others. The quotes are
 * part of the text: without them a Beat reads the variable's value as one of its own configuration, so that the password `0123` becomes
 * 83 and `a,b` a list (measured with 7.12.1 and 7.17.0). Only a quote in the value itself is refused then, when the Beat starts.
 */
function plain(value: unknown): TreeValue {
  if (isSecretReference(value)) return `'\${${value.variable}}'`;
  if (Array.isArray(value)) return value.map(plain);
  if (!isTree(value)) return value as TreeValue;
  const { extra, ...rest } = value;
  const tree: Record<string, TreeValue> = {};
  for (const [key, each] of [...Object.entries(rest), ...Object.entries(isTree(extra) ? extra : {})]) if (each !== undefined) tree[key] = plain(each);
  return tree;
}

/** A configuration as the tree that is written: its own key for each part, in the order in which people read them. */
export function treeOf(config: BeatsConfig): Tree {
  const { settings = {}, processors, output, extra = {} } = config;
  const tree: Record<string, unknown> = {};
  if (config.kind === 'filebeat') {
    if (config.inputs.length > 0) tree['filebeat.inputs'] = config.inputs;
  } else if (config.modules.length > 0) tree['metricbeat.modules'] = config.modules;
  const own = Object.entries(settings).filter(([name]) => name.startsWith(`${config.kind}.`));
  const others = Object.entries(settings).filter(([name]) => !name.startsWith(`${config.kind}.`));
  for (const [name, value] of own) tree[name] = value;
  if (processors !== undefined) tree['processors'] = processors;
  for (const [name, value] of Object.entries(output ?? {})) tree[`output.${name}`] = value;
  for (const [name, value] of [...others, ...Object.entries(extra)]) tree[name] = value;
  return plain(tree) as Tree;
}
