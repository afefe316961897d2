import { isDraft, type Migration, type ObjectDraft } from './draft.ts';

/** 6.5: an empty type is none. */
function dropEmptyType({ attributes }: ObjectDraft): void {
  for (const member of ['type', 'typeMeta']) if (!attributes[member]) Reflect.deleteProperty(attributes, member);
}

/** 7.6: a multi-field names its parent in one place. */
function nestParent(draft: ObjectDraft): void {
  draft.fields = draft.fields?.map((field) => {
    if (!isDraft(field) || field['subType'] !== 'multi') return field;
    const { parent, ...rest } = field;
    return { ...rest, subType: { multi: { parent } } };
  });
}

/**
 * What happened to index patterns up to 7.6, which is where OpenSearch Dashboards stands. From
 * src/plugins/data/server/saved_objects/index_pattern_migrations.ts of OpenSearch Dashboards.
 */
export const INDEX_PATTERN_MIGRATIONS: readonly Migration[] = [
  { version: '6.5.0', apply: dropEmptyType },
  { version: '7.6.0', apply: nestParent },
];
