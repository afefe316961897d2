import { asText } from '../read/asText.ts';
import { type Draft, isDraft } from './draft.ts';

/** Columns of the grid: 12 until 6.2, 48 since. */
const WIDTH_SCALE = 4;
const HEIGHT_SCALE = 5;
const HEIGHT_SCALE_WITH_MARGINS = 4;
const DEFAULT_WIDTH = 24;
const DEFAULT_HEIGHT = 15;

/** What the places of panels depend on beside the panel itself. */
export interface PanelContext {
  readonly margins: boolean;
  /** The dashboard's `uiStateJSON`, where panels before 6.2 kept their settings. */
  readonly uiState: Draft;
}

/**
 * A panel of any age in the form of 7.3. From src/plugins/dashboard/common/migrate_to_730_panels.ts of OpenSearch
 * Dashboards, but for a panel without an index: it gets its place in the list, where the product takes a random id.
 *
 * @returns undefined for a panel whose place cannot be told; the product then leaves the whole dashboard as it is.
 */
export function panelOf730(panel: Draft, at: number, { margins, uiState }: PanelContext): Draft | undefined {
  const version = asText(panel['version'] ?? '');
  const heightScale = margins ? HEIGHT_SCALE_WITH_MARGINS : HEIGHT_SCALE;
  const index = panel['panelIndex'] === undefined || panel['panelIndex'] === '' ? asText(at + 1) : asText(panel['panelIndex']);
  if (panel['row'] !== undefined) {
    const { row, col, size_x: width, size_y: height, columns, sort, ...rest } = panel;
    if (typeof row !== 'number' || typeof col !== 'number') return undefined;
    const gridData = {
      x: (col - 1) * WIDTH_SCALE,
      y: (row - 1) * heightScale,
      w: typeof width === 'number' && width > 0 ? width * WIDTH_SCALE : DEFAULT_WIDTH,
      h: typeof height === 'number' && height > 0 ? height * heightScale : DEFAULT_HEIGHT,
      i: index,
    };
    return { ...rest, version: '7.3.0', panelIndex: index, gridData, embeddableConfig: withColumns(settingsIn(uiState, panel), columns, sort) };
  }
  if (/^6\.[12]\./u.test(version)) {
    const { columns, sort, gridData, ...rest } = panel;
    if (!isDraft(gridData) || !(['x', 'y', 'w', 'h'] as const).every((side) => typeof gridData[side] === 'number')) return undefined;
    const scaled = { w: Number(gridData['w']) * WIDTH_SCALE, h: Number(gridData['h']) * heightScale, x: Number(gridData['x']) * WIDTH_SCALE, y: Number(gridData['y']) * heightScale, i: gridData['i'] };
    const settings = version.startsWith('6.1.') ? settingsIn(uiState, panel) : configOf(panel);
    return { ...rest, version: '7.3.0', panelIndex: index, gridData: scaled, embeddableConfig: withColumns(settings, columns, sort) };
  }
  if (version.startsWith('6.3.')) {
    const { columns, sort, ...rest } = panel;
    return { ...rest, version: '7.3.0', panelIndex: index, embeddableConfig: withColumns(configOf(panel), columns, sort) };
  }
  const [, major, minor] = /^(\d+)\.(\d+)/u.exec(version) ?? [];
  const from64 = major !== undefined && (Number(major) < 7 ? Number(major) === 6 && Number(minor) > 3 : Number(major) === 7 && Number(minor) < 3);
  return from64 ? { ...panel, version: '7.3.0', panelIndex: index, embeddableConfig: configOf(panel) } : panel;
}

function settingsIn(uiState: Draft, panel: Draft): Draft {
  const settings = uiState[`P-${asText(panel['panelIndex'])}`];
  return isDraft(settings) ? settings : {};
}

function configOf({ embeddableConfig }: Draft): Draft {
  return isDraft(embeddableConfig) ? embeddableConfig : {};
}

function withColumns(settings: Draft, columns: unknown, sort: unknown): Draft {
  if (!columns && !sort) return settings;
  return { ...settings, ...(columns === undefined ? {} : { columns }), ...(sort === undefined ? {} : { sort }) };
}
