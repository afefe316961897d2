import { PodscopeError } from '@podscope/core';
import type { ConfigFiles } from '../../config/shipperOptions.ts';
import { isSecretReference, type SecretReference } from '../../secrets/secretReference.ts';
import { faultsOf } from '../lint/faults.ts';
import type { BeatsConfig, FilebeatConfig, MetricbeatConfig } from '../model/beatsConfig.ts';
import { isTree } from '../model/tree.ts';
import { writeText } from './writeText.ts';

/** Rules whose faults are refused when a configuration is written: Beats take them, and do something else. */
const REFUSED = new Set(['bad-value', 'unknown-option', 'unknown-plugin']);

function secretsIn(value: unknown, found: Map<string, SecretReference>): Map<string, SecretReference> {
  if (isSecretReference(value)) found.set(value.variable, value);
  else if (Array.isArray(value)) for (const each of value) secretsIn(each, found);
  else if (isTree(value)) for (const each of Object.values(value)) secretsIn(each, found);
  return found;
}

/** What is in `extra` was put there as not known here. */
function withoutExtra(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtra);
  if (!isTree(value) || isSecretReference(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'extra' && name !== 'source').map(([name, each]) => [name, withoutExtra(each)]));
}

function filesOf(config: BeatsConfig, more: readonly string[]): ConfigFiles {
  const main = `${config.kind}.yml`;
  const text = writeText(config);
  // Somebody's file as it was is theirs; what is written anew has to be right.
  for (const { rule, message, hint } of text === config.source?.text ? [] : faultsOf(withoutExtra(config) as BeatsConfig)) {
    if (REFUSED.has(rule)) throw new PodscopeError('SHIPPER_BAD_VALUE', message, { hint: hint ?? 'What Beats do not know goes into extra.' });
  }
  return {
    files: { [main]: text },
    main,
    // A ConfigMap's files belong to root and may be read by all, which Beats refuse to a user of their own unless told not to.
    args: ['-e', '-c', `{config}/${main}`, '--strict.perms=false', ...more],
    environment: [...secretsIn({ ...config, source: undefined }, new Map()).values()],
  };
}

/**
 * The files of Filebeat. A configuration that was read from text is written back with its comments; nothing changed, byte for byte.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for an unknown input, processor, output or option outside of `extra`, and for values of the wrong kind.
 */
export function filebeatFiles(config: FilebeatConfig): ConfigFiles {
  return filesOf(config, []);
}

/** The files of Metricbeat. @throws PodscopeError SHIPPER_BAD_VALUE as {@link filebeatFiles} */
export function metricbeatFiles(config: MetricbeatConfig): ConfigFiles {
  // 7.12 takes the root of the node's file system as an argument only, and for all modules.
  const roots = config.version === '7.17' ? [] : config.modules.flatMap((module) => ('hostfs' in module && typeof module.hostfs === 'string' ? [module.hostfs] : []));
  const root = roots[0];
  if (root === undefined) return filesOf(config, []);
  const modules = config.modules.map((module) => {
    const { hostfs: _taken, ...rest } = module as typeof module & { readonly hostfs?: string };
    return rest as typeof module;
  });
  return filesOf({ ...config, modules }, [`-system.hostfs=${root}`]);
}

