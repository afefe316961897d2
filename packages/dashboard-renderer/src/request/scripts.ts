import type { ListedField } from '../savedObjects.ts';

type ScriptClause = Readonly<Record<string, unknown>>;

/** A value of a scripted field: src/plugins/data/common/opensearch_query/filters/phrase_filter.ts. */
export function phraseScript({ script = '', lang, type }: ListedField, value: string | number | boolean): ScriptClause {
  const compared = type === 'boolean' && typeof value !== 'boolean' ? value === 'true' || value === 1 : value;
  const source = lang === 'painless' ? `boolean compare(Supplier s, def v) {return s.get() == v;}compare(() -> { ${script} }, params.value);` : `(${script}) == value`;
  return { script: { script: { source, lang, params: { value: compared } } } };
}

const OPERATORS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lte: '<=', lt: '<' };

/** A range of a scripted field: src/plugins/data/common/opensearch_query/filters/range_filter.ts. */
export function rangeScript({ script = '', lang }: ListedField, bounds: Readonly<Record<string, unknown>>): ScriptClause {
  const names = Object.keys(bounds).filter((name) => Object.hasOwn(OPERATORS, name));
  const source =
    lang === 'painless'
      ? names.map((name) => `boolean ${name}(Supplier s, def v) {return s.get() ${OPERATORS[name]} v}`).join(' ') + names.map((name) => `${name}(() -> { ${script} }, params.${name})`).join(' && ')
      : names.map((name) => `(${script})${OPERATORS[name]}${name}`).join(' && ');
  return { script: { script: { source, params: bounds, lang } } };
}
