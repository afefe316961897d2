import { redact, redactText } from '@podscope/core';
import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { SetupSection } from '../validate/sections.ts';

/** What servers and their plugins make for themselves without saying so in `_meta.managed`. */
const BUILT_IN: Partial<Readonly<Record<SetupSection, RegExp>>> = {
  legacyTemplates: /^(?:ilm-history|slm-history|logstash-index-template|tenant_template)$/u,
  indexTemplates: /^(?:ilm-history|slm-history|ss4o_\w+_template|query_insights_top_queries_template)$/u,
  ingestPipelines: /^(?:xpack_monitoring_\d|ent-search-generic-ingestion|search-default-ingestion|logs-default-pipeline|behavioral_analytics-events-final_pipeline|(?:logs|reindex-data-stream)@(?:default|json)-pipeline)$/u,
  lifecyclePolicies: /^(?:(?:ilm|slm|watch)-history-ilm-policy(?:-\d+)?|ml-size-based-ilm-policy|kibana-(?:event-log-policy|reporting)|(?:logs|metrics|synthetics|traces)(?:@lifecycle)?|\d+-days(?:-default|@lifecycle))$/u,
};

/** Why a thing of the cluster is nobody's own; undefined for one that somebody made. */
export function systemsOwn(name: string, body: JsonObject): string | undefined {
  if (name.startsWith('.')) return 'belongs to the system, as its name begins with a dot';
  const meta = body['_meta'];
  return isObject(meta) && meta['managed'] === true ? 'is managed by the server, as its _meta says' : undefined;
}

/** Whether it has the name of something that servers make; somebody may have made another of that name. */
export function isBuiltIn(section: SetupSection, name: string, body: JsonObject): boolean {
  // The plugin for the other kind of policies makes none.
  return BUILT_IN[section]?.test(name) === true && (section !== 'lifecyclePolicies' || 'phases' in body);
}

/** Where something stands that looks like a secret; undefined where nothing does. Objects under such names are fields of mappings. */
export function secretIn(value: JsonValue | undefined, key = ''): string | undefined {
  if (typeof value === 'string') return redactText(value) !== value || (redact({ [key]: value }) as JsonObject)[key] !== value ? key : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [member, inner] of Object.entries(value) as [string, JsonValue | undefined][]) {
    const found = secretIn(inner, Array.isArray(value) ? key : member);
    if (found !== undefined) return Array.isArray(value) || found === member ? found : `${member}.${found}`;
  }
  return undefined;
}
