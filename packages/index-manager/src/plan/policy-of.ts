import type { LifecycleTarget } from '../lifecycle/retention-model.ts';
import type { IndexSetup, JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { anyMatches, firstIndexOf } from './desired.ts';
import { resolveTemplate } from './resolve.ts';

/**
 * The policy whose `ism_template` holds for a stream, as the plugin chooses: the highest priority. The plugin looks at the name
 * of a data stream, and else at that of the index, never at an alias' (ManagedIndexCoordinator.kt).
 */
export function policyFor(setup: IndexSetup, kind: 'data-stream' | 'rollover-alias' | 'index', stream: string): string | undefined {
  const name = kind === 'rollover-alias' ? firstIndexOf(setup, stream) : stream;
  const candidates = Object.entries(setup.lifecyclePolicies).flatMap(([id, policy]) =>
    ismTemplates(policy as unknown as JsonObject).flatMap(({ index_patterns: patterns, priority }) =>
      Array.isArray(patterns) && anyMatches(patterns as readonly string[], name) ? [{ id, priority: Number(priority ?? 0) }] : [],
    ),
  );
  return candidates.sort((one, other) => other.priority - one.priority)[0]?.id;
}

/** The policy of the setup that a stream's template names, as ILM has it. */
export function ilmPolicyOf(setup: IndexSetup, kind: 'data-stream' | 'rollover-alias', stream: string): string | undefined {
  const policy = resolveTemplate(setup, kind === 'data-stream' ? stream : firstIndexOf(setup, stream))?.settings['index.lifecycle.name'];
  return typeof policy === 'string' && Object.hasOwn(setup.lifecyclePolicies, policy) ? policy : undefined;
}

/**
 * The setup's data streams and rollover aliases that have a lifecycle policy, by its `ism_template` or by the setting
 * `index.lifecycle.name` of their template: what `runLifecycle` takes as its targets.
 */
export function lifecycleTargets(setup: IndexSetup): readonly LifecycleTarget[] {
  const streams = [...setup.dataStreams.map((name) => ['data-stream', name] as const), ...Object.keys(setup.rolloverAliases).map((name) => ['rollover-alias', name] as const)];
  return streams.flatMap(([kind, name]) => {
    const policy = policyFor(setup, kind, name) ?? ilmPolicyOf(setup, kind, name);
    return policy === undefined ? [] : [{ name, policy }];
  });
}

function ismTemplates(policy: JsonObject): readonly JsonObject[] {
  const given: JsonValue = policy['ism_template'] ?? [];
  return Array.isArray(given) ? given.filter(isObject) : [given].filter(isObject);
}
