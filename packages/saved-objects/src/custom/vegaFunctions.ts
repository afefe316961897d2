import type { Target } from '../products/targets.ts';

/**
 * A saved object for a target: Vega's calls of the product's own functions get the names that the target has for them, because a
 * name that it doesn't know stops the whole visualization. From OpenSearch Dashboards and Kibana,
 * src/plugins/vis_type_vega/public/vega_view/vega_base_view.js (`vegaFunctions`).
 */
export function withFunctionsOf<T extends { readonly attributes: Readonly<Record<string, unknown>> }>(target: Target, object: T): T {
  const { visState, title } = object.attributes;
  if (typeof visState !== 'string' || isOtherKind(visState, title)) return object;
  if (!visState.includes('"vega"') || !/"type":\s*"vega"/u.test(visState)) return object;
  const prefix = target.startsWith('kibana') ? 'kibana' : 'opensearchDashboards';
  const named = visState.replaceAll(/\b(?:opensearchDashboards|kibana)(AddFilter|RemoveFilter|RemoveAllFilters|SetTimeFilter)\(/gu, (_call, name: string) => `${prefix}${name}(`);
  return named === visState ? object : { ...object, attributes: { ...object.attributes, visState: named } };
}

/** What the builders make says its kind right behind its title: thousands of objects need not be searched through. */
function isOtherKind(visState: string, title: unknown): boolean {
  if (typeof title !== 'string') return false;
  const begin = `{"title":"${title}","type":"`;
  return visState.startsWith(begin) && !visState.startsWith('vega"', begin.length);
}
