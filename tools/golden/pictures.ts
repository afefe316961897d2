import { layoutOf, type PanelAnswers, productColors, renderPanel, type SavedObject, type Theme } from '../../packages/dashboard-renderer/src/index.ts';
import { dashboardToSvg, drawToSvg } from '../../packages/dashboard-renderer/src/svg.ts';
import { ZONE } from './compare.ts';
import type { Recording } from './recordings.ts';

/** Our picture of a recording, made from the answers that the product got. A panel that isn't drawn says why. */
export async function pictureOf(recording: Recording, objects: readonly SavedObject[], answers: ReadonlyMap<string, PanelAnswers>, theme: Theme, width: number, height: number): Promise<string> {
  const colors = productColors();
  const draw = (object: SavedObject) => async (panelWidth: number, panelHeight: number): Promise<string> => {
    const own = answers.get(object.id) ?? new Map();
    const result = renderPanel(object, own.get('main'), { theme, timeRange: { from: recording.from, to: recording.to }, objects, answers: own, colors, timeZone: ZONE });
    return drawToSvg(result, { width: panelWidth, height: panelHeight, theme });
  };
  if (recording.kind === 'visualization') {
    return dashboardToSvg([{ title: '', grid: { x: 0, y: 0, w: 48, h: Math.floor(height / 28) }, draw: draw(recording.object) }], { width, theme });
  }
  const { panels } = layoutOf(objects, recording.object.id);
  return dashboardToSvg(panels.map(({ title, grid, object }) => ({ title, grid, draw: draw(object) })), { width, theme });
}
