import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { type Loose, priorityOf, textsOf, thingsIn } from './loose.ts';
import { overlap } from './patterns.ts';
import type { SetupPath, SetupProblem } from './problem.ts';

interface PolicyTemplate {
  readonly policy: string;
  readonly path: SetupPath;
  readonly patterns: readonly string[];
  readonly priority: number;
}

/**
 * ISM refuses a policy whose `ism_template` has a name in common with one of equal priority, of another policy or its own
 * (opensearch-project/index-management, ISMTemplateService.kt): half of a setup would be applied by then.
 */
export function policyOverlapProblems(setup: Loose): readonly SetupProblem[] {
  const templates = thingsIn(setup, 'lifecyclePolicies').flatMap(([name, policy]) => policyTemplates(name, policy));
  return templates.flatMap((one, at) =>
    templates.slice(at + 1).flatMap((other) => {
      const pair = one.priority === other.priority ? one.patterns.flatMap((mine) => other.patterns.filter((theirs) => overlap(mine, theirs)).map((theirs) => `"${mine}" and "${theirs}"`))[0] : undefined;
      if (pair === undefined) return [];
      const who = one.policy === other.policy ? `two templates of lifecycle policy "${one.policy}"` : `the templates of lifecycle policies "${one.policy}" and "${other.policy}"`;
      return [{ path: other.path, also: one.path, what: `${who} have the priority ${one.priority} both, and ${pair} have names in common`, allowed: 'another priority for one of them' }];
    }),
  );
}

function policyTemplates(policy: string, body: JsonObject): readonly PolicyTemplate[] {
  const inside = isObject(body['policy']) ? ['policy'] : [];
  const given = (isObject(body['policy']) ? body['policy'] : body)['ism_template'];
  const listed = Array.isArray(given);
  return (listed ? (given as readonly JsonValue[]) : [given]).flatMap((template, position) =>
    isObject(template)
      ? [{ policy, path: ['lifecyclePolicies', policy, ...inside, 'ism_template', ...(listed ? [position] : [])], patterns: textsOf(template['index_patterns']), priority: priorityOf(template) }]
      : [],
  );
}
