import { nearest } from '../lint/problem.ts';
import type { OtelOptions, OtelSection, OtelValue } from './model.ts';
import { EXPORTERS } from './options/exporters.ts';
import { EXTENSIONS } from './options/extensions.ts';
import { PROCESSORS } from './options/processors.ts';
import { RECEIVERS } from './options/receivers.ts';
import type { OtelOptionTree } from './optionTree.ts';
import { isSecretReference } from '../secrets/secretReference.ts';

/** What is wrong with an option, with the way to it. */
export interface OptionProblem {
  readonly rule: 'unknown-option' | 'bad-value';
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

const KNOWN: Readonly<Record<OtelSection, Readonly<Record<string, OtelOptionTree>>>> = { receivers: RECEIVERS, processors: PROCESSORS, exporters: EXPORTERS, extensions: EXTENSIONS, connectors: {} };
const VARIABLE = /\$\{[^}]*\}/;
const DURATION = /^-?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$|^0$/;

/** The options of a component that it doesn't have, and values of wrong types; none for components that aren't known. */
export function optionProblems(section: OtelSection, type: string, options: OtelOptions): OptionProblem[] {
  const known = knownTree(section, type);
  return known === undefined ? [] : check(known, options, '');
}

/** The tree of a component's options. */
function knownTree(section: OtelSection, type: string): OtelOptionTree | undefined {
  return Object.hasOwn(KNOWN[section], type) ? KNOWN[section][type] : undefined;
}

function check(tree: OtelOptionTree, options: OtelOptions, path: string): OptionProblem[] {
  return Object.entries(options).flatMap(([name, value]): OptionProblem[] => {
    const option = Object.hasOwn(tree, name) ? tree[name] : undefined;
    const at = `${path}.${name}`;
    if (option === undefined) {
      const meant = nearest(name, Object.keys(tree));
      return [{ rule: 'unknown-option', path: at, message: 'there is no such option.', hint: meant === undefined ? `There are ${Object.keys(tree).slice(0, 8).join(', ')} and others.` : `Did you mean ${meant}?` }];
    }
    if (typeof option !== 'string') return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSecretReference(value) ? check(option, value as OtelOptions, at) : [];
    const hint = wrong(option, value);
    return hint === undefined ? [] : [{ rule: 'bad-value', path: at, message: `${JSON.stringify(value)} is no ${option}.`, hint }];
  });
}

/** The collector turns texts into numbers and booleans where it can; what it can't is wrong. */
function wrong(type: string, value: OtelValue): string | undefined {
  if (value === null || isSecretReference(value) || (typeof value === 'string' && VARIABLE.test(value))) return undefined;
  if (type === 'boolean') return typeof value === 'boolean' || value === 'true' || value === 'false' ? undefined : 'true or false.';
  if (type === 'integer') return typeof value === 'number' || isGoInteger(value) ? undefined : typeof value === 'string' && /^\d+$/.test(value) ? `Write ${value} without quotes.` : 'A whole number.';
  if (type === 'duration') {
    if (value === 0 || (typeof value === 'string' && DURATION.test(value))) return undefined;
    return typeof value === 'string' && DURATION.test(value.replaceAll(/\s+/g, '')) ? `Write ${value.replaceAll(/\s+/g, '')}, without a space.` : 'A time with its unit: 10s.';
  }
  return undefined;
}

/** Go's YAML takes `65_536` for a number; to YAML 1.2 it is a text. */
function isGoInteger(value: OtelValue): boolean {
  return typeof value === 'string' && /^[-+]?\d+(?:_\d+)+$/.test(value);
}
