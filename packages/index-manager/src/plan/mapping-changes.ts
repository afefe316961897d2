import type { IndexPlan, IndexSetup, IndexTemplate, JsonObject, ObservedIndices } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { adaptSetup } from './adapt.ts';
import { firstIndexOf } from './desired.ts';
import { resolveTemplate } from './resolve.ts';

/** What new documents under some names were mapped by, and what they will be mapped by: plain data. */
export interface PlannedMapping {
  /** The index template, legacy template, or stream that it is about. */
  readonly name: string;
  /** Names, or patterns of names, of the indices that it holds for. */
  readonly patterns: readonly string[];
  readonly before: JsonObject;
  readonly after: JsonObject;
}

type Templates = Pick<IndexSetup, 'componentTemplates' | 'indexTemplates'>;

/**
 * The mappings that a plan changes: of each template that it updates, by itself or through a component template, and of each
 * stream that it rolls over. Pure. What is created has no mapping before, and what is deleted none after: neither is listed.
 *
 * @param observed Best with what is `owned`: a template may have been made of parts that the setup names no longer.
 */
export function planMappings(observed: ObservedIndices, wanted: IndexSetup, { changes }: IndexPlan): readonly PlannedMapping[] {
  const { setup } = adaptSetup(wanted, observed.capabilities);
  const changed = new Set(changes.filter(({ action }) => action !== 'none').map(({ kind, name, action }) => `${action === 'rollover' ? 'rollover' : kind}/${name}`));
  const stood = { componentTemplates: observed.componentTemplates, indexTemplates: observed.indexTemplates } as unknown as Templates;
  const edited = Object.entries(setup.indexTemplates).filter(([name, { composed_of: parts = [] }]) => changed.has(`index-template/${name}`) || parts.some((part) => changed.has(`component-template/${part}`)));
  return [
    ...edited.flatMap(([name, template]): readonly PlannedMapping[] => {
      const before = mappingOf(setup, stood, stood.indexTemplates[name]);
      const after = mappingOf(setup, setup, template);
      return before === undefined || after === undefined ? [] : [{ name, patterns: template.index_patterns, before, after }];
    }),
    ...Object.entries(setup.legacyTemplates).flatMap(([name, template]): readonly PlannedMapping[] => {
      const stored = observed.legacyTemplates[name];
      return stored === undefined || !changed.has(`legacy-template/${name}`) ? [] : [{ name, patterns: template.index_patterns, before: mappingIn(stored), after: mappingIn(template) }];
    }),
    ...[...setup.dataStreams, ...Object.keys(setup.rolloverAliases)].filter((name) => changed.has(`rollover/${name}`)).flatMap((name): readonly PlannedMapping[] => {
      const stream = observed.dataStreams[name] ?? observed.rolloverAliases[name];
      const before = observed.indices[stream?.writeIndex ?? '']?.mappings;
      const after = resolveTemplate(setup, setup.dataStreams.includes(name) ? name : firstIndexOf(setup, name))?.mappingBody;
      return before === undefined || after === undefined ? [] : [{ name, patterns: [name], before, after }];
    }),
  ];
}

function mappingIn({ mappings }: { readonly mappings?: unknown }): JsonObject {
  return isObject(mappings) ? mappings : {};
}

/** Of one template with its parts, whatever its patterns and those of others. */
function mappingOf(setup: IndexSetup, { componentTemplates }: Templates, template: IndexTemplate | undefined): JsonObject | undefined {
  if (template === undefined) return undefined;
  return resolveTemplate({ ...setup, componentTemplates, indexTemplates: { it: { ...template, index_patterns: ['it'] } } }, 'it')?.mappingBody;
}
