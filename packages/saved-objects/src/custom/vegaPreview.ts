import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import { type VegaAnswers, type VegaSpec, withAnswers } from './vegaSpec.ts';

/** How a preview looks. */
export interface PreviewLook {
  /** @default 'light' */
  readonly theme?: 'light' | 'dark';
  /** Pixels. @default 640 */
  readonly width?: number;
  /** Pixels. @default 320 */
  readonly height?: number;
}

/** The products' colours of series, safe for the colour-blind. */
const CATEGORIES = ['#54B399', '#6092C0', '#D36086', '#9170B8', '#CA8EAE', '#D6BF57', '#B9A888', '#DA8B45', '#AA6556', '#E7664C'];
const INK = {
  light: { strong: '#343741', text: '#69707d', lines: '#d9dfe8' },
  dark: { strong: '#d4dae5', text: '#98a2b3', lines: '#343741' },
} as const;
const FILLED = ['arc', 'area', 'rect', 'symbol', 'trail'];
const STROKED = ['line', 'path', 'rule', 'shape'];

/**
 * A specification as a product hands it to Vega: with answers in the place of its searches, the colours of the theme where it
 * says none, and the size of its panel. Vega draws it without a server. The colours are set where the products set them
 * (src/plugins/vis_type_vega/public/data_model/vega_parser.ts, `_setDefaultColors`).
 */
export function vegaPreview(spec: VegaSpec, answers: VegaAnswers, look: PreviewLook = {}): VegaSpec {
  const ink = INK[look.theme ?? 'light'];
  const lite = typeof spec['$schema'] === 'string' && spec['$schema'].includes('/vega-lite/');
  const marks = lite
    ? { mark: { color: CATEGORIES[0] as string } }
    : Object.fromEntries([...FILLED.map((name) => [name, { fill: CATEGORIES[0] as string }]), ...STROKED.map((name) => [name, { stroke: CATEGORIES[0] as string }])]);
  const defaults: JsonObject = {
    range: { category: CATEGORIES },
    ...marks,
    title: { color: ink.strong },
    style: { 'guide-label': { fill: ink.text }, 'guide-title': { fill: ink.strong }, 'group-title': { fill: ink.strong }, 'group-subtitle': { fill: ink.strong } },
    axis: { tickColor: ink.lines, domainColor: ink.lines, gridColor: ink.lines },
    background: 'transparent',
  };
  const { config, ...rest } = withAnswers(spec, answers);
  const { kibana: _, ...own } = isJsonObject(config) ? config : {};
  return { ...rest, width: look.width ?? 640, height: look.height ?? 320, config: merged(defaults, own) };
}

function merged(defaults: JsonObject, own: JsonObject): JsonObject {
  const both: Record<string, Json | undefined> = { ...defaults };
  for (const [name, value] of Object.entries(own)) {
    const before = both[name];
    both[name] = isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value;
  }
  return both;
}
