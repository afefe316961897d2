import type { MadeUpSetting } from './aggregations.ts';
import { madeUpTerms } from './values.ts';

/** A made-up bucket. */
export interface MadeUpBucket {
  readonly key?: string | number | readonly (string | number)[] | Readonly<Record<string, unknown>>;
  readonly key_as_string?: string;
  readonly doc_count: number;
  readonly from?: number | string;
  readonly to?: number | string;
}

/** A bucket, and its name where the answer is keyed. */
export interface NamedBucket {
  readonly bucket: MadeUpBucket;
  readonly name?: string;
}

type Parameters = Readonly<Record<string, unknown>>;

/** The buckets of an aggregation; undefined for one that makes none. */
export function madeUpBuckets(kind: string, parameters: Parameters, documents: number, setting: MadeUpSetting): readonly NamedBucket[] | undefined {
  // As few buckets as there are documents for them: nested ones would multiply without end.
  const most = Math.max(1, Math.floor(documents / 3));
  const field = String(parameters['field'] ?? 'value');
  switch (kind) {
    case 'date_histogram':
      return overTime(parameters, documents, Math.min(150, most), setting);
    case 'terms':
    case 'significant_terms': {
      const values = madeUpTerms(setting.pattern, field, Math.min(Number(parameters['size'] || 5), 12, most));
      const ascending = JSON.stringify(parameters['order'] ?? {}).includes('"_key":"asc"');
      const keys = ascending ? [...values].sort((a, b) => (a < b ? -1 : 1)) : values;
      return shared(documents, keys.length, setting).map((doc_count, at) => ({ bucket: { key: keys[at] as string | number, ...(setting.pattern?.fields.get(field)?.type === 'boolean' ? { key_as_string: keys[at] === 1 ? 'true' : 'false' } : {}), doc_count } }));
    }
    case 'multi_terms': {
      const fields = ((parameters['terms'] ?? []) as readonly { readonly field?: string }[]).map((each) => String(each.field ?? 'value'));
      return shared(documents, Math.min(6, most), setting).map((doc_count, at) => {
        const key = fields.map((each, depth) => madeUpTerms(setting.pattern, each, 6)[(at + depth) % 6] ?? '');
        return { bucket: { key, key_as_string: key.join('|'), doc_count } };
      });
    }
    case 'histogram': {
      const interval = Number(parameters['interval'] ?? 1);
      return shared(documents, Math.min(10, most), setting).map((doc_count, at) => ({ bucket: { key: at * interval, doc_count } }));
    }
    case 'filters': {
      const names = Object.keys((parameters['filters'] ?? {}) as object);
      return shared(documents, names.length, setting).map((doc_count, at) => ({ name: names[at] as string, bucket: { doc_count } }));
    }
    case 'filter':
      return [{ bucket: { doc_count: documents } }];
    case 'range':
    case 'ip_range':
    case 'date_range': {
      const ranges = (parameters['ranges'] ?? []) as readonly Readonly<Record<string, unknown>>[];
      return shared(documents, ranges.length, setting).map((doc_count, at) => ({ ...(parameters['keyed'] === true ? { name: nameOf(ranges[at] ?? {}) } : {}), bucket: { ...ends(kind, ranges[at] ?? {}, setting), doc_count } }));
    }
    case 'geohash_grid':
    case 'geotile_grid': {
      const keys = kind === 'geohash_grid' ? ['u3', '9q', 'dr', 'w2', 'wx', '6g', 'ke', 'r3'] : ['3/4/2', '3/1/3', '3/2/3', '3/6/3', '3/7/3', '3/3/4', '3/4/4', '3/7/5'];
      return shared(documents, Math.min(keys.length, most), setting).map((doc_count, at) => ({ bucket: { key: keys[at] as string, doc_count } }));
    }
    case 'composite': {
      const sources = (parameters['sources'] ?? []) as readonly Readonly<Record<string, Readonly<Record<string, { readonly field?: string }>>>>[];
      return shared(documents, Math.min(12, most), setting).map((doc_count, at) => ({ bucket: { key: Object.fromEntries(sources.flatMap((source, depth) => Object.entries(source).map(([name, each]) => [name, madeUpTerms(setting.pattern, String(Object.values(each)[0]?.field ?? name), 6)[(at * (depth + 1) + depth) % 6]]))), doc_count } }));
    }
    default:
      return undefined;
  }
}

/** Documents shared out: the first gets the most. */
function shared(documents: number, count: number, { random }: MadeUpSetting): readonly number[] {
  const weights = Array.from({ length: count }, (_unused, at) => (0.8 + 0.4 * random()) / (at + 1.2));
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
  const counts = weights.map((weight) => Math.max(documents > 0 ? 1 : 0, Math.round((documents * weight) / sum)));
  return counts.sort((a, b) => b - a);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5, M: 30 * 864e5, y: 365 * 864e5 };

function overTime(parameters: Parameters, documents: number, most: number, { range, random }: MadeUpSetting): readonly NamedBucket[] {
  const text = String(parameters['fixed_interval'] ?? parameters['calendar_interval'] ?? parameters['interval'] ?? '1h');
  const [, count = '1', unit = 'h'] = /^(\d*)(ms|[smhdwMy])$/.exec(text) ?? [];
  const width = Math.max(1, Number(count || 1)) * (UNITS[unit] ?? 36e5);
  const first = Math.floor(range.from / width) * width;
  const places = Math.min(most, Math.max(1, Math.ceil((range.to - first) / width)));
  // Days and nights, with some weather.
  const weights = Array.from({ length: places }, (_unused, at) => 1.2 + Math.sin((at / places) * Math.PI * 6) + random() * 0.6);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight, at) => {
    const key = first + at * width;
    return { bucket: { key, key_as_string: new Date(key).toISOString(), doc_count: Math.max(1, Math.round((documents * weight) / sum)) } };
  });
}

function nameOf({ from, to }: Readonly<Record<string, unknown>>): string {
  return `${typeof from === 'number' ? from.toFixed(1) : '*'}-${typeof to === 'number' ? to.toFixed(1) : '*'}`;
}

function ends(kind: string, { from, to, mask }: Readonly<Record<string, unknown>>, { range }: MadeUpSetting): Partial<MadeUpBucket> {
  if (kind === 'date_range') {
    const day = 864e5;
    return { ...(from === undefined || from === null ? {} : { from: range.from - day }), ...(to === undefined || to === null ? {} : { to: range.to }), key: `${String(from ?? '*')}-${String(to ?? '*')}` };
  }
  if (kind === 'ip_range') return { key: String(mask ?? `${String(from ?? '*')}-${String(to ?? '*')}`), ...(typeof from === 'string' ? { from } : {}), ...(typeof to === 'string' ? { to } : {}) };
  return { ...(typeof from === 'number' ? { from } : {}), ...(typeof to === 'number' ? { to } : {}) };
}
