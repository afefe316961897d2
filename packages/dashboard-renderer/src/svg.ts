import { PodscopeError } from '@podscope/core';
import * as echarts from 'echarts';
import { visibleText } from './escape.ts';
import { markdownSvg } from './svg/markdownSvg.ts';
import type { PanelResult } from './answer/result.ts';
import { sizedOption } from './svg/sizedOption.ts';
import { stableNames } from './svg/stableNames.ts';
import { svgDocument, type SvgOptions, textPart } from './svg/svgParts.ts';
import { controlsSvg, metricSvg, tableSvg, tagCloudSvg } from './svg/textSvg.ts';
import { textWidth } from './svg/textWidth.ts';

export { dashboardToSvg } from './svg/dashboardSvg.ts';
export type { DashboardSvgOptions, PlacedPanel } from './svg/dashboardSvg.ts';
export type { SvgOptions } from './svg/svgParts.ts';

// Without a canvas ECharts guesses with a narrow font, and names run into each other.
if (!('document' in globalThis)) echarts.setPlatformAPI({ measureText: (text, font) => ({ width: textWidth(text, font) }) });

/**
 * Draws a panel as one SVG document, without a browser. Texts longer than their place are cut.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for Vega, which {@link drawToSvg} draws
 */
export function renderToSvg(result: PanelResult, options: SvgOptions): string {
  switch (result.kind) {
    case 'chart': {
      const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: options.width, height: options.height });
      try {
        chart.setOption(sizedOption(result.option, options.width, options.height));
        return stableNames(visibleText(chart.renderToSVGString()));
      } finally {
        chart.dispose();
      }
    }
    case 'metric':
      return metricSvg(result, options);
    case 'table':
      return tableSvg(result.columns, result.rows.slice(0, result.perPage), options, result.totals);
    case 'documents':
      return tableSvg(result.columns, result.rows, options);
    case 'tagcloud':
      return tagCloudSvg(result, options);
    case 'controls':
      return controlsSvg(result, options);
    case 'markdown':
      return markdownSvg(result.text, options);
    case 'vega':
      throw new PodscopeError('RENDERER_UNSUPPORTED', 'Vega is loaded only when it is needed, and so cannot be drawn at once.', { hint: 'Use drawToSvg of @podscope/dashboard-renderer/svg, and await it.' });
    case 'empty':
      return svgDocument(options, [textPart(options.width / 2, options.height / 2, 'No results', options, { anchor: 'middle', faint: true })]);
  }
}

/**
 * Draws any panel as one SVG document; Vega is loaded for those that need it.
 *
 * @throws PodscopeError `RENDERER_OBJECT_BROKEN` for a specification that Vega refuses
 */
export async function drawToSvg(result: PanelResult, options: SvgOptions): Promise<string> {
  if (result.kind !== 'vega') return renderToSvg(result, options);
  const { vegaSvg } = await import('./vega/svg.ts');
  return visibleText(await vegaSvg(result, options));
}
