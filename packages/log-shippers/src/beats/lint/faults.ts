import { cut, nearest, type Problem } from '../../lint/problem.ts';
import type { Options } from '../../options/option.ts';
import type { BeatsConfig, BeatsVersion } from '../model/beatsConfig.ts';
import { flat, nested, type FlatOption } from '../model/flat.ts';
import { endsAt, hasOption, inputOptions, KNOWN, moduleOptions, optionAt, outputOptions, processorOptions, settingOptions } from '../model/known.ts';
import { isTree, treeOf, type Tree, type TreeValue } from '../model/tree.ts';
import { ELASTIC_LICENCE_INPUTS, ELASTIC_LICENCE_PROCESSORS } from '../options/elasticLicence.ts';
import { badValueOf } from '../render/checkValues.ts';
import { METRICBEAT_MODULES } from './metricbeatModules.ts';
import { BEATS_RULES, type BeatsRule } from './rules.ts';

/** A problem of a configuration of Beats. */
export type BeatsProblem = Problem<BeatsRule>;

/** A problem, with the severity of its rule. */
export function problem(rule: BeatsRule, path: string, message: string, hint?: string): BeatsProblem {
  return { rule, severity: BEATS_RULES[rule].severity, at: { path }, message: cut(message), ...(hint === undefined ? {} : { hint: cut(hint) }) };
}

const list = (value: TreeValue): readonly TreeValue[] => (Array.isArray(value) ? (value as readonly TreeValue[]) : []);
const SECRETS = /(^|[._-])(password|passwd|secret|secret_token|api_key|token|key_passphrase|auth)$/;
/** Names of settings that people give their own meaning. */
const OWN = new Set(['fields', 'params', 'headers', 'parameters', 'labels']);

function optionFaults(where: string, what: string, options: Options, given: readonly FlatOption[], version: BeatsVersion): BeatsProblem[] {
  return given.flatMap(([name, value]): BeatsProblem[] => {
    const path = where === '' ? name : `${where}.${name}`;
    const found = optionAt(options, name);
    if (found === undefined) {
      // A whole group may be given empty, and what begins with an underscore is for the program's own use.
      if (name.startsWith('_') || Object.keys(options).some((known) => known.startsWith(`${name}.`))) return [];
      const meant = nearest(name, Object.keys(options));
      return [problem('unknown-option', path, `${path}: ${what} of ${version} has no option ${name}.`, meant === undefined ? 'Beats read past it. Leave it out.' : `Did you mean ${meant}?`)];
    }
    const { option } = found;
    if (!hasOption(option, version)) return [problem('not-in-version', path, `${path}: ${what} of ${version} does not have ${name}${option.since === undefined ? '' : `, which came with ${option.since}`}.`, 'Leave it out, or take the other version.')];
    if (found.name !== name) return [];
    const wrong = badValueOf(path, option, value);
    const secret = option.secret === true || SECRETS.test(name);
    if (secret && typeof value === 'string' && value !== '' && !value.includes('${')) {
      return [problem('secret-in-plain-text', path, `${path} is in plain text.`, `Write fromSecret('<secret>', '<key>'), or \${VARIABLE}.`)];
    }
    return wrong === undefined ? [] : [problem('bad-value', path, wrong.message, wrong.hint)];
  });
}

function missing(where: string, what: string, options: Options, given: readonly FlatOption[]): BeatsProblem[] {
  return Object.entries(options).flatMap(([name, { required }]) =>
    required === true && !given.some(([each]) => each === name || each.startsWith(`${name}.`)) ? [problem('missing-option', where, `${where}: ${what} needs ${name}.`)] : [],
  );
}

const PROCESSOR_CONTROLS = new Set(['if', 'then', 'else']);

/** What is wrong with a list of processors, or with one. */
export function processorFaults(where: string, value: TreeValue, version: BeatsVersion): BeatsProblem[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => processorFaults(`${where}[${at}]`, each as TreeValue, version));
  if (!isTree(value)) return value === null || value === undefined ? [] : [problem('bad-value', where, `${where}: a processor is a map with its name.`, '- drop_event: {}')];
  const tree = nested(value);
  if (Object.hasOwn(tree, 'if')) {
    const branches = ['then', 'else'].flatMap((name) => (Object.hasOwn(tree, name) ? processorFaults(`${where}.${name}`, tree[name], version) : []));
    const others = Object.keys(tree).filter((name) => !PROCESSOR_CONTROLS.has(name));
    return [...branches, ...others.map((name) => problem('unknown-option', where, `${where}: ${name} stands beside if, where only then and else may.`))];
  }
  const names = Object.keys(tree);
  if (names.length !== 1) return [problem('bad-value', where, `${where}: one processor has ${names.length} names: ${names.join(', ')}.`, 'Begin each processor with its own hyphen, and indent its options.')];
  const [name = ''] = names;
  const options = processorOptions(name);
  const settings = tree[name];
  if (options === undefined) {
    if (ELASTIC_LICENCE_PROCESSORS.includes(name)) return [];
    const meant = nearest(name, KNOWN.processors);
    return [problem('unknown-plugin', `${where}.${name}`, `${where}: there is no processor ${name} in ${version}.`, meant === undefined ? `There are: ${KNOWN.processors.join(', ')}.` : `Did you mean ${meant}?`)];
  }
  const given = isTree(settings) ? flat(settings, (option) => endsAt(options)(option) || OWN.has(option)) : [];
  return [...optionFaults(`${where}.${name}`, name, options, given, version), ...missing(`${where}.${name}`, name, options, given)];
}

function inputFaults(where: string, tree: Tree, version: BeatsVersion): BeatsProblem[] {
  if (tree['type'] === undefined && tree['module'] !== undefined) return [];
  // filebeat/config/config.go, DefaultType; input_type is its name of before 6.0.
  const type = tree['type'] ?? tree['input_type'] ?? 'log';
  const options = inputOptions(String(type));
  if (options === undefined) {
    if (ELASTIC_LICENCE_INPUTS.includes(String(type))) return [];
    const meant = nearest(String(type), KNOWN.inputs);
    return [problem('unknown-plugin', `${where}.type`, `${where}: there is no input ${JSON.stringify(type)}.`, meant === undefined ? `There are: ${KNOWN.inputs.join(', ')}.` : `Did you mean ${meant}?`)];
  }
  if (type === 'journald' && version === '7.12') return [problem('not-in-version', `${where}.type`, `${where}: Filebeat 7.12 has no input journald.`, 'Use 7.17.')];
  const given = flat(tree, endsAt(options));
  return [...optionFaults(where, String(type), options, given, version), ...missing(where, String(type), options, [...given, ['type', type]]), ...processorFaults(`${where}.processors`, tree['processors'], version)];
}

function moduleFaults(where: string, tree: Tree, version: BeatsVersion): BeatsProblem[] {
  const name = String(tree['module'] ?? '');
  if (name === '') return [problem('missing-option', where, `${where} has no module.`, 'module: system')];
  const options = moduleOptions(name);
  if (options === undefined) {
    if (METRICBEAT_MODULES.has(name)) return processorFaults(`${where}.processors`, tree['processors'], version);
    const meant = nearest(name, METRICBEAT_MODULES.keys());
    return [problem('unknown-plugin', `${where}.module`, `${where}: there is no module ${name}.`, meant === undefined ? undefined : `Did you mean ${meant}?`)];
  }
  const sets = METRICBEAT_MODULES.get(name) ?? [];
  const unknown = list(tree['metricsets']).filter((set) => !sets.includes(String(set)));
  return [
    ...unknown.map((set) => {
      const meant = nearest(String(set), sets);
      return problem('unknown-plugin', `${where}.metricsets`, `${where}: the module ${name} has no metricset ${String(set)}.`, meant === undefined ? `It has: ${sets.join(', ')}.` : `Did you mean ${meant}?`);
    }),
    ...optionFaults(where, name, options, flat(tree, endsAt(options)), version),
    ...processorFaults(`${where}.processors`, tree['processors'], version),
  ];
}

function outputFaults(tree: Tree, version: BeatsVersion): BeatsProblem[] {
  const outputs = isTree(tree['output']) ? Object.entries(tree['output']) : [];
  return outputs.flatMap(([name, settings]): BeatsProblem[] => {
    const options = outputOptions(name);
    if (options === undefined) {
      const meant = nearest(name, KNOWN.outputs);
      return [problem('unknown-plugin', `output.${name}`, `There is no output ${name}.`, meant === undefined ? `There are: ${KNOWN.outputs.join(', ')}.` : `Did you mean ${meant}?`)];
    }
    if (!isTree(settings) || settings['enabled'] === false) return [];
    const given = flat(settings, endsAt(options));
    return [...optionFaults(`output.${name}`, name, options, given, version), ...missing(`output.${name}`, name, options, given)];
  });
}

/** The names, options and values that are wrong in a configuration, whoever wrote it. */
export function faultsOf(config: BeatsConfig): BeatsProblem[] {
  const tree = nested(treeOf(config));
  const { [config.kind]: own, output: _output, processors, ...others } = tree;
  const { inputs, modules, ...ownOthers } = isTree(own) ? own : {};
  const options = settingOptions(config.kind);
  const settings: Tree = { ...others, ...(Object.keys(ownOthers).length === 0 ? {} : { [config.kind]: ownOthers }) };
  const items = config.kind === 'filebeat' ? inputs : modules;
  const section = config.kind === 'filebeat' ? 'inputs' : 'modules';
  const each = config.kind === 'filebeat' ? inputFaults : moduleFaults;
  return [
    ...list(items).flatMap((item, at) => (isTree(item) ? each(`${section}[${at}]`, nested(item), config.version) : [])),
    ...optionFaults('', config.kind === 'filebeat' ? 'Filebeat' : 'Metricbeat', options, flat(settings, endsAt(options)), config.version),
    ...processorFaults('processors', processors, config.version),
    ...outputFaults(tree, config.version),
  ];
}
