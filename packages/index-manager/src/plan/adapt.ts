import { ilmFromIsm } from '../lifecycle/ilm-from-ism.ts';
import { ismFromIlm } from '../lifecycle/ism-from-ilm.ts';
import type { IlmPolicy } from '../lifecycle/ilm-types.ts';
import type { IsmPolicy } from '../lifecycle/ism-types.ts';
import type { Capabilities, IndexSetup, IndexTemplate, JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { resolveTemplate } from './resolve.ts';

/** A setup as one server can hold it, and what that changed. */
export interface AdaptedSetup {
  readonly setup: IndexSetup;
  readonly notes: readonly string[];
}

/** Data streams become rollover aliases, and policies those of the other product, where the server needs it. Pure. */
export function adaptSetup(setup: IndexSetup, capabilities: Capabilities): AdaptedSetup {
  const streams = capabilities.dataStreams === false ? withoutDataStreams(setup) : { setup, notes: [] };
  const policies = adaptPolicies(streams.setup, capabilities);
  return { setup: policies.setup, notes: [...streams.notes, ...policies.notes] };
}

function withoutDataStreams(setup: IndexSetup): AdaptedSetup {
  const rollover = Object.fromEntries(setup.dataStreams.map((name) => [name, {}]));
  const templates = Object.entries(setup.indexTemplates).map(([name, template]) => [name, template.data_stream === undefined ? template : plainTemplate(setup, template)] as const);
  return {
    setup: { ...setup, dataStreams: [], rolloverAliases: { ...setup.rolloverAliases, ...rollover }, indexTemplates: Object.fromEntries(templates) },
    notes: setup.dataStreams.map((name) => `data stream ${name}: the server has no data streams; an alias with rollover stands for it, beginning at ${name}-000001`),
  };
}

/** A data stream maps its time field by itself; an alias' indices must be told. */
function plainTemplate(setup: IndexSetup, template: IndexTemplate): IndexTemplate {
  const { data_stream: stream, ...plain } = template;
  const field = stream?.timestamp_field?.name ?? '@timestamp';
  const alone: IndexSetup = { ...setup, indexTemplates: { it: { ...plain, index_patterns: ['it'] } } };
  const properties = resolveTemplate(alone, 'it')?.mapping['properties'];
  if (isObject(properties) && Object.hasOwn(properties, field)) return plain;
  const mappings = (template.template?.mappings ?? {}) as JsonObject;
  const own = isObject(mappings['properties']) ? mappings['properties'] : {};
  return { ...plain, template: { ...template.template, mappings: { ...mappings, properties: { ...own, [field]: { type: 'date' } } } } };
}

function adaptPolicies(setup: IndexSetup, { ism, ilm }: Capabilities): AdaptedSetup {
  const policies: Record<string, IsmPolicy | IlmPolicy> = {};
  const notes: string[] = [];
  for (const [name, policy] of Object.entries(setup.lifecyclePolicies)) {
    const isIlm = 'phases' in policy;
    if (!ism && ilm !== true) {
      notes.push(`lifecycle policy ${name}: the server carries out no policies; runLifecycle does`);
    } else if (isIlm === (ilm === true && !ism)) {
      policies[name] = policy;
    } else {
      const translated = isIlm ? ismFromIlm(policy) : ilmFromIsm(policy);
      policies[name] = translated.policy;
      const lost = translated.untranslated.map(({ path, why }) => `${path} (${why})`);
      notes.push(`lifecycle policy ${name}: translated into ${isIlm ? 'ISM' : 'ILM'}${lost.length === 0 ? '' : `; without a counterpart: ${lost.join(', ')}`}`);
    }
  }
  return { setup: { ...setup, lifecyclePolicies: policies }, notes };
}
