import type { BeatsConfig, BeatsVersion } from '../model/beatsConfig.ts';
import { nested } from '../model/flat.ts';
import { isTree, treeOf, type Tree, type TreeValue } from '../model/tree.ts';
import { millisecondsOf } from '../../quantities/quantities.ts';
import { type BeatsProblem, problem } from './faults.ts';

const list = (value: TreeValue): readonly TreeValue[] => (Array.isArray(value) ? (value as readonly TreeValue[]) : value === undefined || value === null ? [] : [value]);
const CONTAINER_FOLDER = /^\/var\/log\/(containers|pods)\//;
const FILE_INPUTS = new Set(['log', 'container', 'filestream']);

/** An option of a tree with nested keys by its dotted name. */
function at(tree: Tree, name: string): TreeValue {
  let value: TreeValue = tree;
  for (const part of name.split('.')) value = isTree(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return value;
}

const isOff = (value: TreeValue): boolean => value === false || value === 'false';
const isOn = (value: TreeValue): boolean => value === true || value === 'true';

function parserNames(input: Tree): string[] {
  return list(input['parsers']).flatMap((parser) => (isTree(parser) ? Object.keys(parser) : []));
}

/** The type of an input, as Filebeat takes it where it isn't given. */
const typeOf = (input: Tree): string => String(input['type'] ?? input['input_type'] ?? 'log');

/** Whether two patterns of files can name the same file: folder by folder, the fixed beginnings and ends are compared. */
function overlap(one: string, other: string): boolean {
  // What a variable holds is not known: another one holds something else.
  const [parts, others] = [one, other].map((pattern) => pattern.replaceAll(/\$\{([^:}]*)[^}]*\}/g, '$1').split('/')) as [string[], string[]];
  if (parts.includes('**') || others.includes('**')) return namesOverlap(one, other);
  return parts.length === others.length && parts.every((part, index) => namesOverlap(part, others[index] as string));
}

function namesOverlap(one: string, other: string): boolean {
  const fixed = (pattern: string): [string, string] => {
    const star = pattern.search(/[*?[{]/);
    return star < 0 ? [pattern, pattern] : [pattern.slice(0, star), /[^*?\]}]*$/.exec(pattern)?.[0] ?? ''];
  };
  const [start, end] = fixed(one);
  const [otherStart, otherEnd] = fixed(other);
  return (start.startsWith(otherStart) || otherStart.startsWith(start)) && (end.endsWith(otherEnd) || otherEnd.endsWith(end)) && !(start === one && otherStart === other && one !== other);
}

function milliseconds(value: TreeValue): number {
  if (typeof value === 'number') return value * 1000;
  return typeof value === 'string' ? [...value.matchAll(/\d+(?:\.\d+)?(?:ns|us|ms|s|m|h)/g)].reduce((sum, [part]) => sum + (millisecondsOf(part) ?? 0), 0) : 0;
}

function inputProblems(where: string, input: Tree, version: BeatsVersion): BeatsProblem[] {
  const type = typeOf(input);
  if (!FILE_INPUTS.has(type) || isOff(input['enabled'])) return [];
  const found: BeatsProblem[] = [];
  const paths = list(input['paths']).map(String);
  if (paths.length === 0) found.push(problem('missing-paths', where, `${where}: ${type} has no paths.`, "paths: ['/var/log/containers/*.log']"));
  const relative = paths.filter((path) => !path.startsWith('/') && !path.startsWith('${') && !/^[A-Za-z]:/.test(path));
  if (relative.length > 0) found.push(problem('bad-value', `${where}.paths`, `${where}.paths: ${relative.join(', ')} depends on the folder that Filebeat is started in.`, 'Begin it with /.'));
  const containers = paths.some((path) => CONTAINER_FOLDER.test(path));
  const parsers = parserNames(input);
  if (type === 'filestream') {
    if (input['id'] === undefined) found.push(problem('filestream-without-id', where, `${where}: this filestream has no id, and two without one share their positions.`, 'Give each its own id, once and for all.'));
    if (version === '7.12' && parsers.length > 0) found.push(problem('parsers-ignored', `${where}.parsers`, `${where}: filestream of 7.12 reads past its parsers.`, 'Use the container input, or 7.17.'));
    if (containers && !parsers.includes('container')) found.push(problem('cri-not-parsed', where, `${where} reads files of containers without the parser container.`, 'parsers: [{ container: {} }]'));
    const multiline = parsers.indexOf('multiline');
    const container = parsers.indexOf('container');
    if (multiline >= 0 && container > multiline) found.push(problem('multiline-without-container', `${where}.parsers`, `${where}: multiline stands before container, so it sees the runtime's time and stream instead of the text.`, 'Put container first.'));
    if (paths.some((path) => path.startsWith('/var/log/containers/')) && !isOn(at(input, 'prospector.scanner.symlinks'))) found.push(problem('symlinks-off', where, `${where}: the files of ${paths.join(', ')} are links, which are passed over.`, "'prospector.scanner.symlinks': true"));
  }
  if (type === 'log') {
    if (containers) found.push(problem('cri-not-parsed', where, `${where} reads files of containers with the input log.`, 'Use the container input, or filestream with the parser container.'));
    if (paths.some((path) => path.startsWith('/var/log/containers/')) && !isOn(input['symlinks'])) found.push(problem('symlinks-off', where, `${where}: the files of ${paths.join(', ')} are links, which are passed over.`, 'symlinks: true'));
  }
  return [...found, ...multilineProblems(where, input), ...positionProblems(where, input)];
}

function multilineProblems(where: string, input: Tree): BeatsProblem[] {
  const settings = [input['multiline'], ...list(input['parsers']).map((parser) => (isTree(parser) ? parser['multiline'] : undefined))].filter(isTree);
  return settings.flatMap((multiline): BeatsProblem[] => {
    const type = multiline['type'] ?? 'pattern';
    if (type === 'count') return multiline['count_lines'] === undefined ? [problem('missing-option', `${where}.multiline`, `${where}: multiline of the type count needs count_lines.`)] : [];
    if (type !== 'pattern' && type !== 'while_pattern') return [problem('bad-value', `${where}.multiline.type`, `${where}: multiline has no type ${String(type)}.`, 'pattern, count or while_pattern')];
    if (multiline['pattern'] === undefined) return [problem('missing-option', `${where}.multiline`, `${where}: multiline needs a pattern.`)];
    if (type === 'pattern' && multiline['match'] !== 'after' && multiline['match'] !== 'before') return [problem('missing-option', `${where}.multiline`, `${where}: multiline needs match: after or before.`, 'match: after joins what matches to the line before it.')];
    return [];
  });
}

function positionProblems(where: string, input: Tree): BeatsProblem[] {
  const found: BeatsProblem[] = [];
  const clean = milliseconds(input['clean_inactive']);
  const older = milliseconds(input['ignore_older']);
  const scan = milliseconds(input['scan_frequency'] ?? at(input, 'prospector.scanner.check_interval') ?? '10s');
  if (clean > 0 && clean <= older + scan) found.push(problem('clean-inactive', `${where}.clean_inactive`, `${where}: clean_inactive must be more than ignore_older and the time between scans together, or files are read again.`, 'Leave clean_inactive out.'));
  for (const name of ['close_renamed', 'close_eof', 'close.on_state_change.renamed', 'close.reader.on_eof']) {
    if (isOn(at(input, name)) || isOn(input[name])) found.push(problem('loses-lines', `${where}.${name}`, `${where}: with ${name}, what is written to a rotated file after it was closed is lost.`, 'Leave it out, and set close_inactive.'));
  }
  if (isOff(input['close_removed']) && !isOff(input['clean_removed'])) found.push(problem('loses-lines', `${where}.close_removed`, `${where}: with close_removed off and clean_removed on, the position of a removed file is forgotten while it is still read.`, 'Leave both out, or turn both off.'));
  if (milliseconds(input['close_timeout']) > 0 || milliseconds(at(input, 'close.reader.after_interval')) > 0) found.push(problem('loses-lines', `${where}.close_timeout`, `${where}: a file that is closed by time and removed before the next scan is lost.`, 'Leave it out.'));
  if (isOn(input['tail_files']) || isOn(input['seek_to_tail'])) found.push(problem('loses-lines', where, `${where}: a new file is read from its end, so its first lines are lost.`, 'Leave tail_files and seek_to_tail out.'));
  return found;
}

function sameFiles(inputs: readonly (readonly [where: string, input: Tree])[]): BeatsProblem[] {
  const active = inputs.filter(([, input]) => FILE_INPUTS.has(typeOf(input)) && !isOff(input['enabled']));
  return active.flatMap(([where, input], index) => active.slice(0, index).flatMap(([other, before]): BeatsProblem[] => {
    const found: BeatsProblem[] = [];
    if (input['type'] === 'filestream' && before['type'] === 'filestream' && input['id'] === before['id'] && input['id'] !== undefined) found.push(problem('same-database', `${where}.id`, `${where} and ${other} have the same id, ${String(input['id'])}: they take each other's positions.`, 'Give each its own id.'));
    const excluded = [...list(input['exclude_files']), ...list(at(input, 'prospector.scanner.exclude_files')), ...list(before['exclude_files']), ...list(at(before, 'prospector.scanner.exclude_files'))];
    const both = list(input['paths']).find((path) => list(before['paths']).some((each) => overlap(String(path), String(each))));
    // What one of them leaves out may be just what the other reads.
    if (both !== undefined && excluded.length === 0) found.push(problem('same-files', `${where}.paths`, `${where} and ${other} both read ${String(both)}: each line comes twice.`, 'Let one exclude the files of the other.'));
    return found;
  }));
}

function outputProblems(tree: Tree, kind: BeatsConfig['kind'], version: BeatsVersion): BeatsProblem[] {
  const outputs = (isTree(tree['output']) ? Object.entries(tree['output']) : []).filter(([, settings]) => !(isTree(settings) && isOff(settings['enabled'])));
  const found: BeatsProblem[] = [];
  if (outputs.length > 1) found.push(problem('several-outputs', 'output', `There are ${outputs.length} outputs: ${outputs.map(([name]) => name).join(', ')}.`, 'Keep one. Logstash can send on to several.'));
  if (outputs.length === 0 && tree['cloud'] === undefined) found.push(problem('no-output', 'output', 'There is no output.', "output.logstash: { hosts: ['logstash:5044'] }"));
  for (const [name, settings] of outputs) {
    if (!isTree(settings)) continue;
    const output = nested(settings);
    if (kind === 'metricbeat' && (name === 'logstash' || name === 'elasticsearch') && Number(output['max_retries'] ?? 3) >= 0) found.push(problem('drops-events', `output.${name}.max_retries`, `output.${name}: Metricbeat drops samples after ${String(output['max_retries'] ?? 3)} retries.`, 'max_retries: -1'));
    if (name === 'logstash' && milliseconds(output['ttl']) > 0 && Number(output['pipelining'] ?? 2) > 0) found.push(problem('ttl-with-pipelining', 'output.logstash.ttl', 'output.logstash.ttl has no effect with pipelining.', 'pipelining: 0'));
    if (name !== 'elasticsearch') continue;
    const templateOff = isOff(at(tree, 'setup.template.enabled'));
    const ilmOff = isOff(at(tree, 'setup.ilm.enabled'));
    if (!templateOff || !ilmOff) {
      const hosts = list(output['hosts']).map(String).join(', ');
      if (/opensearch|amazonaws/i.test(hosts) || version === '7.12') found.push(problem('template-to-opensearch', 'setup', `The Beat sets up ${templateOff ? 'ILM' : ilmOff ? 'a template' : 'a template and ILM'} in ${hosts}, which OpenSearch and Elasticsearch without x-pack do not take.`, 'setup.ilm.enabled: false, setup.template.enabled: false'));
      if (output['index'] !== undefined && !templateOff && ilmOff && (at(tree, 'setup.template.name') === undefined || at(tree, 'setup.template.pattern') === undefined)) found.push(problem('index-without-template', 'output.elasticsearch.index', 'output.elasticsearch.index is set without setup.template.name and setup.template.pattern.', 'Set both, or setup.template.enabled: false.'));
    }
  }
  return found;
}

function moduleProblems(modules: readonly (readonly [where: string, module: Tree])[], version: BeatsVersion): BeatsProblem[] {
  const kubernetes = modules.filter(([, module]) => module['module'] === 'kubernetes' && !isOff(module['enabled']));
  const states = kubernetes.filter(([, module]) => list(module['metricsets']).some((set) => String(set).startsWith('state_')));
  const nodes = modules.filter(([, module]) => module['module'] === 'system' || list(module['metricsets']).some((set) => ['node', 'pod', 'container', 'volume', 'system'].includes(String(set))));
  const found: BeatsProblem[] = [];
  if (version === '7.12') for (const [where, module] of states) if (list(module['metricsets']).includes('state_node')) found.push(problem('kube-state-metrics-2', where, `${where}: state_node of 7.12 finds no capacity in kube-state-metrics 2.`, 'Use Metricbeat 7.17, or kube-state-metrics 1.9.'));
  if (states.length > 0 && nodes.length > 0) found.push(problem('state-and-node', states[0]?.[0] ?? 'modules', 'One Metricbeat reads the state of the cluster and the metrics of its node: in a DaemonSet, every node sends the state.', 'Read kube-state-metrics in a Deployment of one replica.'));
  return found;
}

/** What goes wrong though every name and value is right. */
export function semanticProblems(config: BeatsConfig): BeatsProblem[] {
  const tree = nested(treeOf(config));
  const own = tree[config.kind];
  const items = list(isTree(own) ? own[config.kind === 'filebeat' ? 'inputs' : 'modules'] : undefined)
    .flatMap((item, index) => (isTree(item) ? [[`${config.kind === 'filebeat' ? 'inputs' : 'modules'}[${index}]`, nested(item)] as const] : []));
  const found: BeatsProblem[] = config.kind === 'filebeat'
    ? [...items.flatMap(([where, input]) => inputProblems(where, input, config.version)), ...sameFiles(items)]
    : moduleProblems(items, config.version);
  if (!isOff(at(tree, 'seccomp.enabled'))) found.push(problem('seccomp', 'seccomp.enabled', 'seccomp is on: in an image with glibc 2.35 or newer the Beat aborts.', 'seccomp.enabled: false'));
  const disk = at(tree, 'queue.disk');
  if (isTree(disk) && /^0\D*$/.test(String(disk['max_size'] ?? ''))) found.push(problem('unbounded-buffer', 'queue.disk.max_size', 'queue.disk.max_size is 0: the queue grows until the disk is full.', 'queue.disk.max_size: 512MiB'));
  if (Number(at(tree, 'queue.mem.events') ?? 0) > 1_000_000) found.push(problem('unbounded-buffer', 'queue.mem.events', `queue.mem.events: ${String(at(tree, 'queue.mem.events'))} events are gigabytes of memory.`, 'queue.mem.events: 4096'));
  const host = at(tree, 'http.host');
  if (isOn(at(tree, 'http.enabled')) && (host === undefined || host === 'localhost' || host === '127.0.0.1')) found.push(problem('probe-restarts-agent', 'http.host', 'The HTTP endpoint listens on the loopback address, where no probe of a pod reaches it: a liveness probe restarts the Beat.', 'http.host: 0.0.0.0'));
  return [...found, ...outputProblems(tree, config.kind, config.version)];
}

