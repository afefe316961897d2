import { isPodscopeError } from '@podscope/core';
import type { ProbeSpec } from '../../probes/specs.ts';
import { invalidExperiment } from '../checkExperiment.ts';
import type { ExperimentInput, StepInput } from '../experiment.ts';
import { suggestion } from '../../definition/nearest.ts';
import { linesOf, locate, type LocatedData } from '../located.ts';
import { kubernetesActions } from './actions.ts';
import { type Arguments, notReadable, type Unreadable } from './arguments.ts';
import { kubernetesProbes } from './probes.ts';
import { convertPlaces, convertSettings } from './settings.ts';
import { httpTolerance, withTolerance } from './tolerance.ts';

/** A Chaos Toolkit experiment as one of ours. */
export interface ConvertedExperiment {
  /** Plain data: can be printed, kept, and given to `defineExperiment`. */
  readonly experiment: ExperimentInput;
  /** What was left out because it changes nothing here, one line each. */
  readonly notes: readonly string[];
}

type Place = readonly (string | number)[];
type Data = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** True for data that is an experiment of Chaos Toolkit rather than one of ours. */
export function isChaosToolkit(data: unknown): boolean {
  if (!isRecord(data)) return false;
  return 'steady-state-hypothesis' in data || 'rollbacks' in data || listOf(data['method']).some((each) => isRecord(each) && ('provider' in each || 'ref' in each));
}

/**
 * Reads an experiment of Chaos Toolkit, in JSON or YAML, as far as it uses the actions and probes of chaostoolkit-kubernetes, and http probes.
 *
 * @throws PodscopeError EXPERIMENT_INVALID, its details naming line and column of everything that can't be carried over; then nothing is
 */
export function readChaosToolkit(text: string, file = 'experiment'): ConvertedExperiment {
  const located = locate(text, file);
  return convertChaosToolkit(located.data, located, file);
}

/** {@link readChaosToolkit} of data that is parsed already. @throws PodscopeError EXPERIMENT_INVALID */
export function convertChaosToolkit(data: unknown, located: LocatedData, file = 'experiment'): ConvertedExperiment {
  const problems: Unreadable[] = [];
  const notes: string[] = [];
  if (!isRecord(data)) throw invalidExperiment(file, [`${file}: is no experiment`]);
  const variables = convertSettings(data['configuration'], data['secrets'], problems, notes);
  const conversion = conversionOf(data, new Set(Object.keys(variables)), problems, notes);
  const hypothesis = isRecord(data['steady-state-hypothesis']) ? data['steady-state-hypothesis'] : undefined;
  const probes = listOf(hypothesis?.['probes']).flatMap((probe, index) => conversion.probes(probe, ['steady-state-hypothesis', 'probes', index]));
  const method = conversion.steps(listOf(data['method']), ['method']);
  conversion.rollbacks(listOf(data['rollbacks']));
  conversion.rest();
  if (problems.length === 0 && method.length === 0) problems.push({ path: ['method'], message: 'there is nothing in its method' });
  if (problems.length > 0) throw invalidExperiment(file, linesOf(problems, located));
  const title = typeof data['title'] === 'string' ? data['title'].slice(0, 120) : 'experiment';
  return {
    experiment: {
      title,
      ...(typeof data['description'] === 'string' ? { description: data['description'] } : {}),
      ...(Array.isArray(data['tags']) ? { tags: data['tags'].map(String) } : {}),
      ...(Object.keys(variables).length === 0 ? {} : { variables }),
      ...(probes.length === 0 ? {} : { steadyState: { ...(typeof hypothesis?.['title'] === 'string' ? { title: hypothesis['title'].slice(0, 120) } : {}), probes } }),
      method,
    },
    notes,
  };
}

/** One conversion: what can't be carried over goes to `problems`, what needs not be to `notes`. */
function conversionOf(data: Data, known: ReadonlySet<string>, problems: Unreadable[], notes: string[]) {
  /** Faults by what the action that ends them is called with, and the names that they got. */
  const faults = new Map<string, string>();
  const names = new Set<string>();

  /** The steps of a method; one that runs in the background goes beside all that follow it. */
  function steps(activities: readonly unknown[], place: Place, from = 0): readonly StepInput[] {
    const found: StepInput[] = [];
    for (let index = from; index < activities.length; index += 1) {
      const each = activities[index];
      const own = activity(each, [...place, index]);
      if (isRecord(each) && each['background'] === true && index < activities.length - 1) {
        const rest = steps(activities, place, index + 1);
        return [...found, { parallel: [own, rest].filter(({ length }) => length > 0).map((sequence) => ({ sequence: [...sequence] })) }];
      }
      found.push(...own);
    }
    return found;
  }

  function activity(written: unknown, place: Place): readonly StepInput[] {
    const found = resolved(written, place);
    if (found === undefined) return [];
    const pauses = isRecord(found['pauses']) ? found['pauses'] : {};
    const pause = (key: string): readonly StepInput[] => {
      const seconds = pauses[key];
      if (seconds === undefined || seconds === 0) return [];
      if (typeof seconds === 'number') return [{ pause: seconds * 1_000 }];
      problems.push({ path: [...place, 'pauses', key], message: 'only a number of seconds can be read' });
      return [];
    };
    const own = found['type'] === 'probe' ? check(found, place) : action(found, place);
    return [...pause('before'), ...own, ...pause('after')];
  }

  function check(activity: Data, place: Place): readonly StepInput[] {
    const specs = probes(activity, place);
    if (specs.length === 0) return [];
    const name = String(activity['name'] ?? 'check').slice(0, 120);
    return [{ check: specs.length === 1 && specs[0] !== undefined ? specs[0] : [...specs], name }];
  }

  function action(activity: Data, place: Place): readonly StepInput[] {
    return reading(place, (): readonly StepInput[] => {
      const { name: function_, given } = pythonOf(activity, kubernetesActions, 'actions');
      const converted = kubernetesActions[function_]?.(given);
      if (converted === undefined) return [];
      if (converted.kind === 'revert') {
        const name = faults.get(converted.key);
        if (name === undefined) throw notReadable('it undoes what no earlier action of this experiment did');
        return [{ revert: name }];
      }
      const earlier = faults.get(converted.key);
      // Killed pods are made again: the first kill is over when they are there, then comes the second. Any other state is taken by its fault.
      if (earlier !== undefined && converted.step.fault !== 'pod-kill') throw notReadable(`"${earlier}" has changed the same before: one fault can't be put on another`);
      const name = uniqueName(String(activity['name'] ?? converted.step.fault));
      faults.set(converted.key, name);
      return [...(earlier === undefined ? [] : [{ revert: earlier }]), { ...converted.step, name }];
    }) ?? [];
  }

  /** Probes of an activity; a python probe may be several of ours. */
  function probes(written: unknown, place: Place): readonly ProbeSpec[] {
    const activity = resolved(written, place);
    if (activity === undefined) return [];
    return reading(place, (): readonly ProbeSpec[] => {
      const provider = providerOf(activity);
      const name = String(activity['name'] ?? 'probe').slice(0, 200);
      if (provider['type'] === 'http') return [{ ...http(provider, activity['tolerance']), name }];
      const { name: function_, given } = pythonOf(activity, kubernetesProbes, 'probes');
      const converted = kubernetesProbes[function_]?.(given);
      if (converted === undefined) return [];
      const raises = !Object.entries(given).some(([key, value]) => key.startsWith('raise_') && value === false);
      const specs = withTolerance(converted, activity['tolerance'], raises && !/count_min_pods|namespace_exists|nodes/.test(function_));
      return specs.map((spec, index) => ({ ...spec, name: specs.length > 1 ? `${name} (${index + 1})` : name }));
    }) ?? [];
  }

  function http(provider: Data, tolerance: unknown): ProbeSpec {
    if (provider['verify_tls'] === false) throw notReadable('a probe that doesn’t check the certificate can’t be carried over', ['provider', 'verify_tls']);
    const { url, method = 'GET', headers, timeout, arguments: given } = convertPlaces(provider, known) as Data;
    if (given !== undefined && String(method).toUpperCase() !== 'GET') throw notReadable('a request with a body can’t be carried over', ['provider', 'arguments']);
    const query = isRecord(given) ? `${String(url).includes('?') ? '&' : '?'}${Object.entries(given).map(([key, value]) => `${encodeURIComponent(key)}=${placedUri(String(value))}`).join('&')}` : '';
    const seconds = Array.isArray(timeout) ? (timeout as readonly unknown[]).reduce<number>((sum, each) => sum + Number(each), 0) : timeout;
    const { status, answer } = httpTolerance(tolerance);
    return {
      kind: 'http',
      url: `${String(url)}${query}`,
      ...(method === 'GET' ? {} : { method: String(method).toUpperCase() }),
      ...(isRecord(headers) ? { headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])) } : {}),
      ...(status === undefined ? {} : { status }),
      ...(answer === undefined ? {} : { answer }),
      // Without one, Chaos Toolkit waits for as long as it takes.
      timeLimit: typeof seconds === 'number' ? `${seconds}s` : '60s',
    } as ProbeSpec;
  }

  /** The function that a python provider calls, when it is one of ours. */
  function pythonOf(activity: Data, table: Readonly<Record<string, unknown>>, what: 'actions' | 'probes'): { readonly name: string; readonly given: Arguments } {
    const provider = providerOf(activity);
    if (provider['type'] !== 'python') throw notReadable(`${what === 'actions' ? 'an action' : 'a probe'} of the type ${JSON.stringify(provider['type'])} can't be carried over`, ['provider', 'type']);
    const name = `${String(provider['module'])}.${String(provider['func'])}`;
    if (!Object.hasOwn(table, name)) {
      const known = Object.keys(table);
      const near = String(provider['module']).startsWith('chaosk8s') ? `; ${suggestion(name, known).replace(/^there are .*/, `docs/guide/faults.md lists the ${what} that can`)}` : '';
      throw notReadable(`${name} can't be carried over${near}`, ['provider', 'func']);
    }
    return { name, given: convertPlaces(isRecord(provider['arguments']) ? provider['arguments'] : {}, known) as Arguments };
  }

  /** Rollbacks undo what the experiment did: everything is reverted anyway. Those that do something else can't be carried over. */
  function rollbacks(activities: readonly unknown[]): void {
    for (const [index, written] of activities.entries()) {
      const place = ['rollbacks', index];
      const activity = resolved(written, place);
      if (activity === undefined) continue;
      reading(place, () => {
        const { name, given } = pythonOf(activity, kubernetesActions, 'actions');
        const converted = kubernetesActions[name]?.(given);
        if (converted !== undefined && !faults.has(converted.key)) throw notReadable('it undoes what no action of this experiment did');
        notes.push(`${place.join('.')} (${String(activity['name'] ?? name)}) is not needed: everything is reverted to what it was.`);
        return undefined;
      });
    }
  }

  /** What else stands in an experiment. */
  function rest(): void {
    const understood = new Set(['version', 'title', 'description', 'tags', 'configuration', 'secrets', 'steady-state-hypothesis', 'method', 'rollbacks']);
    const harmless = new Set(['contributions', 'extensions', 'runtime']);
    for (const key of Object.keys(data)) {
      if (understood.has(key)) continue;
      if (harmless.has(key)) notes.push(`"${key}" is left out.`);
      else problems.push({ path: [key], message: key === 'controls' ? 'controls can change what an experiment does, and can’t be carried over' : `"${key}" is not known` });
    }
  }

  /** A reference is the activity that has its name. */
  function resolved(written: unknown, place: Place): Data | undefined {
    if (!isRecord(written)) {
      problems.push({ path: place, message: 'is no activity' });
      return undefined;
    }
    if ('controls' in written) problems.push({ path: [...place, 'controls'], message: 'controls can change what an activity does, and can’t be carried over' });
    if (!('ref' in written)) return written;
    const hypothesis = data['steady-state-hypothesis'];
    const all = [...listOf(isRecord(hypothesis) ? hypothesis['probes'] : []), ...listOf(data['method'])];
    const found = all.find((each): each is Data => isRecord(each) && each['name'] === written['ref'] && !('ref' in each));
    if (found === undefined) problems.push({ path: [...place, 'ref'], message: `there is no activity called ${JSON.stringify(written['ref'])}` });
    return found;
  }

  function reading<Value>(place: Place, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      if (!isPodscopeError(error, 'EXPERIMENT_INVALID') || !Array.isArray(error.cause)) throw error;
      problems.push({ path: [...place, ...(error.cause as Place)], message: error.message });
      return undefined;
    }
  }

  function uniqueName(wanted: string): string {
    const base = wanted.slice(0, 110);
    let name = base;
    for (let at = 2; names.has(name); at += 1) name = `${base} ${at}`;
    names.add(name);
    return name;
  }

  return { steps, probes, rollbacks, rest };
}

function providerOf(activity: Data): Data {
  const { provider } = activity;
  if (isRecord(provider)) return provider;
  throw notReadable('it has no provider', []);
}

/** Encoded for an address, but for the places of variables. */
const placedUri = (text: string): string => text.split(/(\$\{\w+\})/).map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part))).join('');
