import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { FOREIGN_PIPELINES } from './fixtures/foreign-pipelines.ts';
import { PIPELINE_FEATURES, type PipelineFeatures } from './pipeline-features.ts';
import { translatePipeline } from './translate-pipeline.ts';

const PROCESSORS = ['append', 'convert', 'date', 'dot_expander', 'foreach', 'grok', 'json', 'pipeline', 'remove', 'rename', 'script', 'set', 'user_agent'];
const OLD: PipelineFeatures = { processors: PROCESSORS, lacks: PIPELINE_FEATURES };
const OPENSEARCH: PipelineFeatures = { processors: [...PROCESSORS, 'copy', 'community_id'], lacks: PIPELINE_FEATURES.filter((name) => name !== 'rename.override_target' && name !== 'convert.ip') };
const NEW: PipelineFeatures = { processors: PROCESSORS, lacks: [] };
const rulesOf = (pipeline: JsonObject, features: PipelineFeatures) => [...new Set(translatePipeline(pipeline, features).applied.map(({ rule }) => rule))].sort();
const only = (processor: JsonObject, features = OPENSEARCH, options = {}) => translatePipeline({ processors: [processor] }, features, options);

describe('translatePipeline', () => {
  it.each(Object.keys(FOREIGN_PIPELINES))('names every rule for %s', (name) => {
    const { pipeline, rules, rulesWithoutCopy = rules } = FOREIGN_PIPELINES[name] as (typeof FOREIGN_PIPELINES)[string];
    expect(rulesOf(pipeline, OPENSEARCH)).toEqual(rules);
    expect(rulesOf(pipeline, OLD)).toEqual(rulesWithoutCopy);
    expect(translatePipeline(pipeline, NEW)).toEqual({ pipeline, applied: [], refused: [] });
  });

  it('calls a pipeline that may be missing where there is one', () => {
    const call = { pipeline: { name: 'more', ignore_missing_pipeline: true, if: 'true' } };
    expect(only(call, OPENSEARCH, { hasPipeline: (name: string) => name === 'more' }).pipeline).toEqual({ processors: [{ pipeline: { name: 'more', if: 'true' } }] });
    expect(only(call).pipeline).toEqual({ processors: [] });
    expect(only({ pipeline: { name: '{{ kind }}', ignore_missing_pipeline: true } }).refused).toHaveLength(1);
    expect(only({ pipeline: { name: '{{ kind }}', ignore_missing_pipeline: false } }).pipeline).toEqual({ processors: [{ pipeline: { name: '{{ kind }}' } }] });
  });

  it('goes into what happens on failure, and into a foreach', () => {
    const failing = { set: { field: 'a', value: 1, on_failure: [{ rename: { field: 'b', target_field: 'c', override: true } }] } };
    expect(only(failing).pipeline).toEqual({ processors: [{ set: { field: 'a', value: 1, on_failure: [{ rename: { field: 'b', target_field: 'c', override_target: true } }] } }] });
    const { refused } = translatePipeline({ processors: [], on_failure: [{ foreach: { field: 'a', processor: { geoip: { field: 'b' } } } }] }, OPENSEARCH);
    expect(refused).toEqual([{ path: 'on_failure.0.foreach.processor.geoip', why: expect.stringContaining('the server has no processor geoip: it comes with the module') as string }]);
  });

  it.each<[string, JsonObject, string]>([
    ['a processor of somebody', { add_host_metadata: {} }, 'processors.0.add_host_metadata'],
    ['patterns of ECS', { grok: { field: 'a', patterns: [], ecs_compatibility: 'v1' } }, 'processors.0.grok.ecs_compatibility'],
    ['members that are merged', { json: { field: 'a', add_to_root_conflict_strategy: 'merge' } }, 'processors.0.json.add_to_root_conflict_strategy'],
    ['all fields with dots', { dot_expander: { field: '*' } }, 'processors.0.dot_expander.field'],
    ['a copy to a field that the document names', { set: { field: '{{ to }}', copy_from: 'a' } }, 'processors.0.set.copy_from'],
    ['a value that is escaped in another way', { set: { field: 'a', value: '{{b}}', media_type: 'text/plain' } }, 'processors.0.set.media_type'],
    ['a hash of other parameters', { community_id: { source_ip: 'source.ip' } }, 'processors.0.community_id'],
    ['what is kept', { remove: { keep: ['a'] } }, 'processors.0.remove.keep'],
  ])('refuses %s', (_, processor, path) => {
    expect(only(processor).refused.map((each) => each.path)).toEqual([path]);
  });

  it('writes down the moment as text where nothing copies it', () => {
    const { pipeline, applied } = only({ set: { field: 'event.ingested', copy_from: '_ingest.timestamp', tag: 't' } }, OLD);
    expect(pipeline).toEqual({ processors: [{ set: { tag: 't', field: 'event.ingested', value: '{{{_ingest.timestamp}}}', override: true } }] });
    expect(applied.map(({ rule }) => rule)).toEqual(['copy_from-to-set']);
  });

  it('refuses an address where no value is checked for being one', () => {
    const processor = { convert: { field: 'a', type: 'ip' } };
    expect([only(processor).refused, only(processor, OLD).refused].map(({ length }) => length)).toEqual([0, 1]);
  });
});
