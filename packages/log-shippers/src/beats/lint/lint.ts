import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { BeatsConfig, FilebeatConfig, MetricbeatConfig } from '../model/beatsConfig.ts';
import { type BeatsProblem, faultsOf } from './faults.ts';
import { semanticProblems } from './semantics.ts';

/** The line of a place such as `inputs[0].paths` in the text that a configuration was read from; that of the nearest part that is there. */
function lineFinder(config: BeatsConfig): (path: string) => number | undefined {
  const { source } = config;
  if (source === undefined) return () => undefined;
  const lineCounter = new LineCounter();
  const { contents } = parseDocument(source.text, { lineCounter });
  return (path) => {
    const whole = /^(inputs|modules)(\[|$)/.test(path) ? `${config.kind}.${path}` : path;
    let parts: (string | number)[] = whole.split(/[.[\]]+/).filter((part) => part !== '').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    let node: Node | null | undefined = contents;
    let place: number | undefined;
    while (parts.length > 0) {
      if (isSeq(node) && typeof parts[0] === 'number') {
        node = node.items[parts[0]] as Node | undefined;
        place = node?.range?.[0] ?? place;
        parts = parts.slice(1);
      } else if (isMap(node)) {
        const names = parts.map((_, at) => parts.slice(0, at + 1).join('.')).reverse();
        const pair = names.flatMap((name) => (node !== undefined && isMap(node) ? node.items : []).filter(({ key }) => isScalar(key) && String(key.value) === name).map((each) => ({ each, length: name.split('.').length })))[0];
        if (pair === undefined) break;
        place = (pair.each.key as Node).range?.[0] ?? place;
        node = pair.each.value as Node | null;
        parts = parts.slice(pair.length);
      } else break;
    }
    return place === undefined ? undefined : lineCounter.linePos(place).line;
  };
}

function lint(config: BeatsConfig): BeatsProblem[] {
  const lineOf = lineFinder(config);
  return [...faultsOf(config), ...semanticProblems(config)].map((each) => {
    const line = lineOf(each.at.path);
    const file = config.source?.file;
    return { ...each, at: { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }), path: each.at.path } };
  });
}

/** What is wrong with a configuration of Filebeat: `filebeat test config` sees little of it. */
export const lintFilebeat = (config: FilebeatConfig): BeatsProblem[] => lint(config);
/** What is wrong with a configuration of Metricbeat. */
export const lintMetricbeat = (config: MetricbeatConfig): BeatsProblem[] => lint(config);
