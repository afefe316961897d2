import { absent, equal, field, present, when } from '../language/build.ts';
import type { LogstashBranch, LogstashFilter, LogstashInput } from '../language/model.ts';
import type { Family } from '../../sources/sources.ts';
import { FIELDS_OF } from './catalogueFields.ts';

type Filter = LogstashFilter | LogstashBranch<LogstashFilter>;

/** Where a Beat's events come in. Its events are taken as they are. */
export const beatsInput = (host: string, port: number): LogstashInput => ({
  plugin: 'beats',
  options: { host, port, ecs_compatibility: 'disabled', id: 'from-beats' },
});

const FAMILIES: readonly Family[] = ['filebeat', 'metricbeat', 'kubernetes', 'redis', 'apache'];

/** The family of an event: the field `podscope.family`, else the Beat's own kind. It decides the index. */
export function familyFilters(indices: Readonly<Record<Family, string>>): Filter[] {
  const family = field('podscope', 'family');
  const isKnown = { kind: 'in', negated: false, left: family, right: { kind: 'array', values: [...FAMILIES] } } as const;
  return [
    // A field with a dot in its name is not the field of an object.
    when(present(field('podscope.family')), [{ plugin: 'mutate', options: { rename: { '[podscope.family]': '[podscope][family]' } } }]),
    {
      if: [
        { when: isKnown, body: [{ plugin: 'mutate', options: { copy: { '[podscope][family]': '[@metadata][family]' } } }] },
        { when: equal(field('@metadata', 'beat'), 'metricbeat'), body: [{ plugin: 'mutate', options: { add_field: { '[@metadata][family]': 'metricbeat' } } }] },
      ],
      else: [{ plugin: 'mutate', options: { add_field: { '[@metadata][family]': 'filebeat' } } }],
    },
    {
      if: FAMILIES.map((name) => ({ when: equal(field('@metadata', 'family'), name), body: [{ plugin: 'mutate', options: { add_field: { '[@metadata][index]': indices[name] } } }] })),
    },
  ];
}

/**
 * A document's id is what the Beat gave it. Where it gave none, it is made of the place in the file, or of all that a sample says: the
 * same event gives the same id, however often it is sent or replayed, and identical lines have different places.
 */
export function idFilters(): Filter[] {
  return [
    when(
      absent(field('@metadata', '_id')),
      [
        when(
          present(field('log', 'offset')),
          [fingerprint(['[log][file][path]', '[log][offset]', '[log][file][inode]', '[host][name]', '[kubernetes][pod][name]', '[@timestamp]', 'message'])],
          [{ plugin: 'fingerprint', options: { method: 'SHA256', concatenate_all_fields: true, target: '[@metadata][_id]', ecs_compatibility: 'disabled' } }],
        ),
      ],
    ),
  ];
}

function fingerprint(source: readonly string[]): LogstashFilter {
  return { plugin: 'fingerprint', options: { method: 'SHA256', source, concatenate_sources: true, target: '[@metadata][_id]', ecs_compatibility: 'disabled' } };
}

/** Takes off every field that the family's catalogue doesn't have: the index templates are strict, and would refuse the document. */
export function allowFilters(families: readonly Family[] = FAMILIES): Filter {
  return { if: families.map((name) => ({ when: equal(field('@metadata', 'family'), name), body: [{ plugin: 'ruby', options: { code: allowCode(FIELDS_OF[name]) } }] })) };
}

function allowCode(fields: readonly string[]): string {
  const paths = fields.filter((name) => name !== '@timestamp').map((name) => `[${name.split('.').join('][')}]`);
  return `
        kept = {}
        %w(${paths.join(' ')}).each { |path| value = event.get(path); kept[path] = value unless value.nil? || value.is_a?(Hash) }
        event.to_hash.keys.each { |name| event.remove("[" + name + "]") unless name == "@timestamp" }
        kept.each { |path, value| event.set(path, value) }
      `;
}
