import { PodscopeError } from '@podscope/core';
import type { Theme } from '../draw/colors.ts';
import type { VegaResult } from '../answer/result.ts';
import type { SearchResponse } from '../answer/rows.ts';
import type { SavedObject } from '../savedObjects.ts';
import { isOnMap, vegaSpecOf } from './spec.ts';
import { vegaViewOf } from './vegaPanel.ts';

/** Before the names of Vega's searches among a panel's answers. */
export const VEGA_ANSWER = 'vega:';

/**
 * A Vega specification with the answers of its searches in the places of their addresses; nothing is loaded.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for one that is drawn on a map
 */
export function vegaPanel(object: SavedObject, answers: ReadonlyMap<string, SearchResponse>, theme: Theme): VegaResult {
  if (isOnMap(vegaSpecOf(object))) {
    throw new PodscopeError('RENDERER_UNSUPPORTED', `"${String(object.attributes['title'] ?? object.id)}" is drawn by Vega on a map, whose tiles would come from the network.`, { hint: 'Use a tile map, which is drawn without tiles.' });
  }
  const named = [...answers].filter(([name]) => name.startsWith(VEGA_ANSWER)).map(([name, answer]) => [name.slice(VEGA_ANSWER.length), answer] as const);
  return { kind: 'vega', ...vegaViewOf(object, new Map(named), { theme }), theme };
}
