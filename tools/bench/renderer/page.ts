/// <reference lib="dom" />
import * as echarts from 'echarts';
import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile } from 'vega-lite';
import { type PanelResult, renderPanel, type SavedObject, type SearchResponse } from '../../../packages/dashboard-renderer/src/index.ts';

/** What a dashboard is drawn from. */
export interface PageInput {
  readonly objects: readonly SavedObject[];
  readonly panels: readonly { readonly id: string; readonly answers: readonly (readonly [string, SearchResponse])[]; readonly width: number; readonly height: number }[];
  readonly timeRange: { readonly from: string; readonly to: string };
}

/** Draws all panels of a page anew, and says how many milliseconds it took until the last was drawn. */
interface Runs {
  ours(input: PageInput): Promise<number>;
  /** Of the results that `ours` made before. */
  bare(input: PageInput): Promise<number>;
}

let ready: readonly PanelResult[] = [];

function places(input: PageInput): readonly HTMLElement[] {
  document.body.replaceChildren();
  return input.panels.map(({ width, height }) => {
    const place = document.createElement('div');
    place.style.cssText = `width:${width}px;height:${height}px;overflow:hidden`;
    document.body.append(place);
    return place;
  });
}

async function draw(result: PanelResult, place: HTMLElement): Promise<void> {
  if (result.kind === 'chart') {
    const chart = echarts.init(place, null, { renderer: 'canvas' });
    const drawn = new Promise<void>((resolve) => chart.on('finished', () => resolve()));
    chart.setOption({ animation: false, ...result.option });
    await drawn;
  } else if (result.kind === 'vega') {
    const sized = { autosize: { type: 'fit', contains: 'padding' }, width: place.clientWidth, height: place.clientHeight, ...result.spec };
    const spec = result.language === 'vega-lite' ? compile(sized as never).spec : (sized as vega.Spec);
    await new vega.View(vega.parse(spec, undefined, { ast: true }), { renderer: 'canvas', container: place, expr: expressionInterpreter } as ConstructorParameters<typeof vega.View>[1]).runAsync();
  } else {
    place.textContent = JSON.stringify(result);
  }
}

async function timed(work: (shown: readonly HTMLElement[]) => Promise<void>, input: PageInput): Promise<number> {
  const shown = places(input);
  const began = performance.now();
  await work(shown);
  return performance.now() - began;
}

const runs: Runs = {
  ours: (input) =>
    timed(async (shown) => {
      const results = input.panels.map(({ id, answers }): PanelResult => {
        const object = input.objects.find((each) => each.id === id && each.type !== 'index-pattern');
        if (object === undefined) throw new Error(`There is no object ${id}.`);
        const map = new Map(answers);
        return renderPanel(object, map.get('main'), { theme: 'light', timeRange: input.timeRange, objects: input.objects, answers: map });
      });
      await Promise.all(results.map((result, index) => draw(result, shown[index] as HTMLElement)));
      ready = results;
    }, input),
  bare: (input) => timed(async (shown) => void (await Promise.all(ready.map((result, index) => draw(result, shown[index] as HTMLElement)))), input),
};

Object.assign(globalThis, { runs });
