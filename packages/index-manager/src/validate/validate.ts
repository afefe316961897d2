import { meant } from '../lifecycle/shape.ts';
import type { IndexTemplate, JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { STORE } from '../store/store.ts';
import { itemsOf, type Loose, looseOf, namesIn, priorityOf, textsOf, thingsIn } from './loose.ts';
import { nameProblems } from './names.ts';
import { matches, overlap, templateFor } from './patterns.ts';
import { policyOverlapProblems } from './policy-overlaps.ts';
import type { SetupPath, SetupProblem } from './problem.ts';
import type { SetupSection } from './sections.ts';
import { formProblems, subjectOf } from './shapes.ts';

/** As a name, with `*` anywhere but first: a leading `*` would reach system indices. */
const PATTERN = /^[a-z0-9][a-z0-9._*-]*$/;

/** Everything that is wrong with a setup, whatever it is that was given; empty when nothing is. */
export function problemsOf(input: object): readonly SetupProblem[] {
  const form = formProblems(input);
  const setup = looseOf(input);
  // A template of the wrong form would make everything below it wrong as well.
  const templatesAreRight = !form.some(({ path }) => path[0] === 'indexTemplates' && (path.length < 3 || path[2] === 'index_patterns' || path[2] === 'data_stream'));
  return [
    ...form,
    ...nameProblems(setup),
    ...templateProblems(setup),
    ...priorityProblems(setup),
    ...pipelineProblems(setup),
    ...policyProblems(setup, form),
    ...policyOverlapProblems(setup),
    ...(templatesAreRight ? streamProblems(setup) : []),
    ...rolloverProblems(setup),
    ...aliasProblems(setup),
  ];
}

function templateProblems(setup: Loose): readonly SetupProblem[] {
  const components = namesIn(setup, 'componentTemplates');
  return [
    ...thingsIn(setup, 'indexTemplates').flatMap(([name, template]) => {
      const subject = subjectOf('indexTemplates', name);
      return [
        ...patternProblems(subject, ['indexTemplates', name, 'index_patterns'], template['index_patterns']),
        ...itemsOf(template['composed_of']).flatMap(([position, component]) =>
          components.includes(component) ? [] : [missing(`${subject} is composed of ${JSON.stringify(component)}`, ['indexTemplates', name, 'composed_of', position], 'componentTemplates', component, components)],
        ),
      ];
    }),
    ...thingsIn(setup, 'legacyTemplates').flatMap(([name, template]) =>
      patternProblems(subjectOf('legacyTemplates', name), ['legacyTemplates', name, 'index_patterns'], template['index_patterns']),
    ),
  ];
}

const MOST_NAMED = 20;

/** Something that is named and not there. */
function missing(what: string, path: SetupPath, section: SetupSection, name: string, known: readonly string[]): SetupProblem {
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  return {
    path,
    missing: section,
    what: `${what}, which the setup does not define`,
    allowed: known.length === 0 ? 'none, as it defines none' : `${known.slice(0, MOST_NAMED).join(', ')}${more}`,
    ...meant(name, known),
  };
}

function patternProblems(subject: string, path: SetupPath, patterns: unknown): readonly SetupProblem[] {
  return itemsOf(patterns).flatMap(([position, pattern]) => {
    const at = { path: [...path, position] };
    if (!PATTERN.test(pattern)) {
      return [{ ...at, what: `${subject}: pattern ${JSON.stringify(pattern)} must start with a lower-case letter or digit, so that it never reaches system indices`, allowed: 'lower-case letters, digits, ".", "_", "-" and "*"' }];
    }
    return matches(pattern, STORE) ? [{ ...at, what: `${subject}: pattern ${JSON.stringify(pattern)} would hold for "${STORE}", which the index manager needs for itself`, allowed: 'a narrower pattern' }] : [];
  });
}

/** Servers refuse two index templates of equal priority whose patterns have a name in common. */
function priorityProblems(setup: Loose): readonly SetupProblem[] {
  const byPriority = Map.groupBy(thingsIn(setup, 'indexTemplates'), ([, template]) => priorityOf(template));
  return [...byPriority].flatMap(([priority, templates]) =>
    templates.flatMap(([name, one], index) =>
      templates.slice(index + 1).flatMap(([other, two]) => {
        const pair = textsOf(one['index_patterns']).flatMap((mine) => textsOf(two['index_patterns']).filter((theirs) => overlap(mine, theirs)).map((theirs) => `"${mine}" and "${theirs}"`))[0];
        if (pair === undefined) return [];
        // Where a template says its priority, that is the place; where it doesn't, the template.
        const placeOf = (template: string, body: JsonObject): SetupPath => ['indexTemplates', template, ...('priority' in body ? ['priority'] : [])];
        return [{ path: placeOf(other, two), also: placeOf(name, one), what: `index templates "${name}" and "${other}" have the priority ${priority} both, and ${pair} have names in common`, allowed: 'another priority for one of them' }];
      }),
    ),
  );
}

const PIPELINE_SETTINGS = ['index.default_pipeline', 'index.final_pipeline'] as const;

function pipelineProblems(setup: Loose): readonly SetupProblem[] {
  const pipelines = namesIn(setup, 'ingestPipelines');
  const within = (section: 'componentTemplates' | 'indexTemplates' | 'legacyTemplates', inside: readonly string[]) =>
    thingsIn(setup, section).map(([name, thing]) => ({ subject: subjectOf(section, name), path: [section, name, ...inside], body: inside.length === 0 ? thing : thing['template'] }));
  return [...within('componentTemplates', ['template']), ...within('indexTemplates', ['template']), ...within('legacyTemplates', [])].flatMap(({ subject, path, body }) => {
    const given = isObject(body) ? body['settings'] : undefined;
    if (!isObject(given)) return [];
    const settings = normaliseSettings(given);
    return PIPELINE_SETTINGS.flatMap((setting) => {
      const pipeline = settings[setting];
      if (typeof pipeline !== 'string' || pipeline === '_none' || pipelines.includes(pipeline)) return [];
      return [missing(`${subject}: ${setting} names ${JSON.stringify(pipeline)}`, [...path, 'settings', ...pathOfSetting(given, setting)], 'ingestPipelines', pipeline, pipelines)];
    });
  });
}

/** Where a setting stands: dotted or nested, with or without `index.`. */
function pathOfSetting(settings: JsonObject, setting: string): readonly string[] {
  const search = (node: JsonObject, left: string): readonly string[] | undefined => {
    for (const [key, value] of Object.entries(node)) {
      if (key === left && value !== undefined && !isObject(value)) return [key];
      const inner = isObject(value) && left.startsWith(`${key}.`) ? search(value, left.slice(key.length + 1)) : undefined;
      if (inner !== undefined) return [key, ...inner];
    }
    return undefined;
  };
  return search(settings, setting) ?? search(settings, setting.replace(/^index\./u, '')) ?? [];
}

function policyProblems(setup: Loose, form: readonly SetupProblem[]): readonly SetupProblem[] {
  return thingsIn(setup, 'lifecyclePolicies').flatMap(([name, policy]) => {
    if (form.some(({ path }) => path[0] === 'lifecyclePolicies' && path[1] === name)) return [];
    const inside = isObject(policy['policy']) ? ['policy'] : [];
    const given = (inside.length === 0 ? policy : (policy['policy'] as JsonObject))['ism_template'];
    const listed = Array.isArray(given);
    return (listed ? (given as readonly JsonValue[]) : [given]).flatMap((template, position) =>
      isObject(template) ? patternProblems(subjectOf('lifecyclePolicies', name), ['lifecyclePolicies', name, ...inside, 'ism_template', ...(listed ? [position] : []), 'index_patterns'], template['index_patterns']) : [],
    );
  });
}

/** The index template that would hold for a name, and whether it makes data streams. */
function holdsFor(setup: Loose, name: string): { readonly template: string; readonly streams: boolean } | undefined {
  const templates = thingsIn(setup, 'indexTemplates').map(([template, body]): [string, IndexTemplate] => [
    template,
    { index_patterns: textsOf(body['index_patterns']), priority: priorityOf(body), ...(body['data_stream'] === undefined ? {} : { data_stream: {} }) },
  ]);
  const found = templateFor({ indexTemplates: Object.fromEntries(templates) }, name);
  return found === undefined ? undefined : { template: found[0], streams: found[1].data_stream !== undefined };
}

function streamProblems(setup: Loose): readonly SetupProblem[] {
  return itemsOf(setup.dataStreams).flatMap(([position, stream]) => {
    const at = { path: ['dataStreams', position], missing: 'indexTemplates' } as const;
    const subject = subjectOf('dataStreams', stream);
    const found = holdsFor(setup, stream);
    if (found === undefined) return [{ ...at, what: `${subject}: no index template of the setup matches it`, allowed: 'a name that a template with data_stream has a pattern for' }];
    if (found.streams) return [];
    return [{ ...at, also: ['indexTemplates', found.template], what: `${subject}: index template "${found.template}" has no data_stream`, allowed: 'a name for which a template with data_stream holds' }];
  });
}

function rolloverProblems(setup: Loose): readonly SetupProblem[] {
  return thingsIn(setup, 'rolloverAliases').flatMap(([alias, { firstIndex = `${alias}-000001` }]) => {
    if (typeof firstIndex !== 'string') return [];
    const path = ['rolloverAliases', alias, 'firstIndex'];
    const subject = subjectOf('rolloverAliases', alias);
    const found = holdsFor(setup, firstIndex);
    return [
      ...(/-\d+$/u.test(firstIndex) ? [] : [{ path, what: `${subject}: the first index "${firstIndex}" must end in a hyphen and a number`, allowed: `a name such as "${alias}-000001"` }]),
      ...(found?.streams === true ? [{ path, also: ['indexTemplates', found.template], what: `${subject}: index template "${found.template}" has data_stream, so that "${firstIndex}" can't be a plain index`, allowed: 'a name that no template with data_stream holds for' }] : []),
    ];
  });
}

function aliasProblems(setup: Loose): readonly SetupProblem[] {
  return thingsIn(setup, 'aliases').flatMap(([alias, { indices }]) => {
    if (!isObject(indices)) return [];
    const subject = subjectOf('aliases', alias);
    const writing = Object.entries(indices).flatMap(([index, options]) => (isObject(options) && options['is_write_index'] === true ? [index] : []));
    return [
      ...(Object.keys(indices).length === 0 ? [{ path: ['aliases', alias, 'indices'], what: `${subject} names no index`, allowed: 'at least one' }] : []),
      ...(writing.length > 1 ? [{ path: ['aliases', alias, 'indices', writing[1] as string], also: ['aliases', alias, 'indices', writing[0] as string], what: `${subject} has ${writing.length} write indices: ${writing.join(', ')}`, allowed: 'at most one' }] : []),
    ];
  });
}
