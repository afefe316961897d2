import type { LogstashPipeline } from './config.ts';
import type { LogstashCondition, LogstashNode, LogstashPlugin } from './language/model.ts';

/** A plugin with the place it is at. */
export interface PlacedPlugin {
  readonly section: 'input' | 'filter' | 'output';
  readonly plugin: LogstashPlugin;
  readonly path: string;
}

/** All plugins of a pipeline, those under conditions too, in their order. */
export function eachPlugin(pipeline: Pick<LogstashPipeline, 'sections'>): PlacedPlugin[] {
  return pipeline.sections.flatMap(({ section, body }) => walk(section, body, section));
}

function walk(section: PlacedPlugin['section'], body: readonly LogstashNode[], path: string): PlacedPlugin[] {
  return body.flatMap((node, at) => {
    const here = `${path}[${at}]`;
    if ('plugin' in node) return [{ section, plugin: node, path: `${here}.${node.plugin}` }];
    return [...node.if.flatMap(({ body: inner }, branch) => walk(section, inner, `${here}.if[${branch}]`)), ...walk(section, node.else ?? [], `${here}.else`)];
  });
}

/** All conditions of a pipeline, with their places. */
export function eachCondition(pipeline: Pick<LogstashPipeline, 'sections'>): { readonly condition: LogstashCondition; readonly path: string; readonly line?: number }[] {
  const conditions = (body: readonly LogstashNode[], path: string): ReturnType<typeof eachCondition> =>
    body.flatMap((node, at) => {
      if ('plugin' in node) return [];
      const here = `${path}[${at}]`;
      return [
        ...node.if.flatMap(({ when: condition, body: inner }, branch) => [
          { condition, path: `${here}.if[${branch}]`, ...(node.layout === undefined ? {} : { line: node.layout.line }) },
          ...conditions(inner, `${here}.if[${branch}]`),
        ]),
        ...conditions(node.else ?? [], `${here}.else`),
      ];
    });
  return pipeline.sections.flatMap(({ section, body }) => conditions(body, section));
}
