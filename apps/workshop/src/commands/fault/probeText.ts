import { readFile } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import { probeOf, type AnyTarget, type ProbeSpec, type WatchedProbe } from '@podscope/fault-injectors';
import { parse } from 'yaml';
import { usageError } from '../usageError.ts';

const HOW = 'Give a web address, deployment/<namespace>/<name> with a condition, {kind: …} as YAML, or @file with such; "!" before it turns it round.';
const KINDS: Readonly<Record<string, string>> = { deployment: 'apps/v1 Deployment', statefulset: 'apps/v1 StatefulSet', daemonset: 'apps/v1 DaemonSet', pod: 'v1 Pod', node: 'v1 Node', job: 'batch/v1 Job' };

/**
 * A probe out of one argument: `https://host/` (answers), `deployment/guestbook/frontend Available` (a condition; `Available` and for nodes and
 * pods `Ready` without one), `{kind: search, …}`, or `@probe.yaml`. A `!` before it turns it round.
 *
 * @throws PodscopeError CLI_USAGE, PROBE_INVALID, PROBE_TARGET_UNFIT
 */
export async function readProbe(text: string, target: AnyTarget): Promise<WatchedProbe> {
  const negated = text.startsWith('!');
  const spec = await specOf((negated ? text.slice(1) : text).trim());
  return probeOf(negated ? { ...spec, not: spec.not !== true } : spec, { target });
}

async function specOf(text: string): Promise<ProbeSpec> {
  if (/^https?:\/\//.test(text)) return { kind: 'http', url: text };
  if (text.startsWith('{')) return dataOf(text, 'the argument');
  if (text.startsWith('@')) {
    const path = text.slice(1);
    const content = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new PodscopeError('CLI_USAGE', `${path} can't be read.`, { hint: HOW, cause });
    });
    return dataOf(content, path);
  }
  const [, kindName = '', rest = '', condition] = /^([a-z]+)\/(\S+)(?:\s+(\S+))?$/.exec(text) ?? [];
  const [apiVersion, kind] = (KINDS[kindName] ?? '').split(' ');
  const [first = '', second] = rest.split('/');
  const [namespace, name] = kindName === 'node' ? [undefined, first] : [first, second];
  if (apiVersion === undefined || apiVersion === '' || kind === undefined || name === undefined || name === '') throw usageError(`"${text.slice(0, 120)}" is no probe.`, HOW);
  const standard = kind === 'Deployment' ? 'Available' : kind === 'Job' ? 'Complete' : 'Ready';
  const object = { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
  // Sets of pods have no condition that says so.
  if (condition === undefined && kind === 'StatefulSet') return { kind: 'condition', object, field: 'status.readyReplicas', sameAs: 'spec.replicas' };
  if (condition === undefined && kind === 'DaemonSet') return { kind: 'condition', object, field: 'status.numberReady', sameAs: 'status.desiredNumberScheduled' };
  return { kind: 'condition', object, condition: condition ?? standard };
}

function dataOf(text: string, what: string): ProbeSpec {
  try {
    return parse(text, { maxAliasCount: 10 }) as ProbeSpec;
  } catch (cause) {
    throw new PodscopeError('CLI_USAGE', `${what} is no YAML.`, { hint: HOW, cause });
  }
}
