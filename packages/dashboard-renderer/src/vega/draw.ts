import { PodscopeError } from '@podscope/core';
import type { Theme } from '../colors.ts';
import type { VegaResult } from '../result.ts';
import type { SearchResponse } from '../rows.ts';
import type { SavedObject } from '../savedObjects.ts';
import { vegaName } from './requests.ts';
import { vegaHostOf, vegaSources, vegaSpecOf } from './spec.ts';

/**
 * A Vega specification with the answers of its searches in the places of their addresses; nothing is loaded.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for one that is drawn on a map
 */
export function vegaPanel(object: SavedObject, answers: ReadonlyMap<string, SearchResponse>, theme: Theme): VegaResult {
  const spec = vegaSpecOf(object);
  const { map, lite } = vegaHostOf(spec);
  if (map) {
    throw new PodscopeError('RENDERER_UNSUPPORTED', `"${String(object.attributes['title'] ?? object.id)}" is drawn by Vega on a map, whose tiles would come from the network.`, { hint: 'Use a tile map, which is drawn without tiles.' });
  }
  for (const source of vegaSources(spec)) {
    delete source.holder['url'];
    source.holder['values'] = answers.get(vegaName(source)) ?? {};
  }
  return { kind: 'vega', spec: withConfig(spec, theme), language: lite ? 'vega-lite' : 'vega', theme };
}

/** What the product puts into every specification: src/plugins/vis_type_vega/public/data_model/vega_parser.ts. */
function withConfig(spec: Record<string, unknown>, theme: Theme): Record<string, unknown> {
  const { kibana: _kibana, opensearchDashboards: _dashboards, ...config } = (spec['config'] ?? {}) as Record<string, unknown>;
  const text = theme === 'dark' ? '#98A2B3' : '#69707D';
  const line = theme === 'dark' ? '#343741' : '#EEEEEE';
  const ours = {
    background: 'transparent',
    range: { category: CATEGORIES },
    axis: { gridColor: line, tickColor: line, domainColor: line, labelColor: text, titleColor: text },
    legend: { labelColor: text, titleColor: text },
    title: { color: text },
    ...(/vega-lite/.test(String(spec['$schema'])) ? { view: { stroke: null }, mark: { color: '#54B399' } } : {}),
  };
  return { ...spec, config: { ...ours, ...config } };
}

/** The product's scheme for colour-blind readers, `euiPaletteColorBlind`. */
const CATEGORIES = ['#54B399', '#6092C0', '#D36086', '#9170B8', '#CA8EAE', '#D6BF57', '#B9A888', '#DA8B45', '#AA6556', '#E7664C'];
