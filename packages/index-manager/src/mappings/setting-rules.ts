import type { JsonObject, JsonValue } from '../model.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { translateAnalysis } from './analysis-rules.ts';
import { PLAIN_SETTINGS } from './plain-settings.ts';
import type { Notes } from './translation.ts';

interface SettingRule {
  readonly rule: string;
  /** The settings, without `index.`. */
  readonly settings: RegExp;
  /** Holds where the server lacks this; always when there is none. */
  readonly lacking?: string;
  /** Holds for these values only. */
  readonly values?: RegExp;
  /** The value that stands for it, under the same name. */
  readonly value?: () => string;
  /** The name under which the server has it; dropped where there is none or the server lacks that too. */
  readonly to?: (name: string, lacks: (feature: string) => boolean) => string | undefined;
  readonly why: string;
}

const ISM_ALIAS = 'plugins.index_state_management.rollover_alias';
const OLD_ALIAS = 'opendistro.index_state_management.rollover_alias';
const aliasName = (lacks: (feature: string) => boolean): string | undefined => [ISM_ALIAS, OLD_ALIAS].find((name) => !lacks(`setting:${name}`));

const CODECS: readonly SettingRule[] = [
  ...['zstd', 'zstd_no_dict', 'qat_deflate', 'qat_zstd', 'zlib'].map((codec) => ({ codec, value: () => 'best_compression' })),
  ...['lz4', 'qat_lz4'].map((codec) => ({ codec, value: () => 'default' })),
].map(({ codec, value }) => ({ rule: 'codec-to-older', settings: /^codec$/u, values: new RegExp(`^${codec}$`, 'u'), lacking: `setting:codec=${codec.startsWith('zstd') ? 'zstd' : codec.startsWith('qat') ? 'qat_lz4' : codec}`, value, why: 'the server has no such compression; the same documents take more room' }));

const RULES: readonly SettingRule[] = [
  ...CODECS,
  { rule: 'codec-to-older', settings: /^codec\.(?:compression_level|qatmode)$/u, lacking: 'setting:codec=zstd', why: 'only compressions that the server lacks have levels' },
  {
    rule: 'ilm-setting',
    settings: /^lifecycle\.rollover_alias$/u,
    lacking: 'setting:lifecycle.name',
    to: (_, lacks) => aliasName(lacks),
    why: 'the server has no ILM: ISM where it has that, else runLifecycle, rolls the alias over',
  },
  { rule: 'ilm-setting', settings: /^lifecycle\./u, lacking: 'setting:lifecycle.name', why: 'the server has no ILM: the policy is attached by lifecyclePolicies, or carried out by runLifecycle' },
  {
    rule: 'ism-setting',
    settings: /^opendistro\.index_state_management\./u,
    lacking: `setting:${OLD_ALIAS}`,
    to: (name, lacks) => (lacks(`setting:${ISM_ALIAS}`) ? undefined : name.replace(/^opendistro\./u, 'plugins.')),
    why: 'named after the plugin where the server has it, else runLifecycle carries the policy out',
  },
  {
    rule: 'ism-setting',
    settings: /^plugins\.index_state_management\./u,
    lacking: `setting:${ISM_ALIAS}`,
    to: (name, lacks) => (lacks(`setting:${OLD_ALIAS}`) ? undefined : name.replace(/^plugins\./u, 'opendistro.')),
    why: 'named after the older plugin where the server has it, else runLifecycle carries the policy out',
  },
  { rule: 'tier-preference', settings: /^routing\.allocation\.(?:include|require|exclude)\._tier(?:_preference)?$/u, lacking: 'setting:lifecycle.name', why: 'the server has no tiers: no node would carry the name, and the index would get no shard' },
  { rule: 'index-mode', settings: /^(?:mode|routing_path|look_ahead_time|look_back_time|time_series\..*|logsdb\..*)$/u, lacking: 'setting:mode', why: 'the server has one kind of index only' },
  { rule: 'without-knn', settings: /^knn(?:\..*)?$/u, lacking: 'setting:knn', why: 'the server has no search by nearness' },
  { rule: 'beyond-limit', settings: /^mapping\.total_fields\.ignore_dynamic_beyond_limit$/u, lacking: 'setting:mapping.total_fields.ignore_dynamic_beyond_limit', why: 'documents with more fields than the limit are refused' },
  { rule: 'dimension-limit', settings: /^mapping\.dimension_fields\.limit$/u, lacking: 'setting:mapping.dimension_fields.limit', why: 'the server has no dimensions' },
  { rule: 'source-mode', settings: /^mapping\.(?:source\.mode|synthetic_source_keep|synthetic_source\..*)$/u, lacking: 'setting:mapping.source.mode', why: 'documents are stored as they came, which takes more room' },
  ...Object.entries(PLAIN_SETTINGS).map(([name, { why }]) => ({ rule: 'plain-setting', settings: new RegExp(`^${name.replaceAll('.', '\\.')}$`, 'u'), lacking: `setting:${name}`, why })),
  { rule: 'removed-setting', settings: /^(?:mapper\.dynamic|mapping\.single_type|mapping\.ignore_dynamic_beyond_limit|optimize_auto_generated_id|soft_deletes\.enabled)$/u, why: 'servers since Elasticsearch 7 do without it' },
];

/** Settings as the server takes them, flat and with `index.`; those that were right stay as they were written. */
export function translateSettings(settings: JsonObject, path: string, notes: Notes): JsonObject {
  const written = normaliseSettings(settings);
  const flat = translateAnalysis(written, path, notes);
  const lacks = (feature: string): boolean => notes.lacks(feature);
  let changed = flat !== written;
  const kept = Object.entries(flat).flatMap(([setting, value]): readonly (readonly [string, JsonValue | undefined])[] => {
    const name = setting.replace(/^index\./u, '');
    const rule = RULES.find((each) => each.settings.test(name) && (each.values?.test(String(value)) ?? true) && (each.lacking === undefined || lacks(each.lacking)));
    if (rule === undefined) return [[setting, value]];
    changed = true;
    const instead = rule.value?.();
    if (instead !== undefined) {
      notes.apply(rule.rule, `${path}.${setting}`, `${instead} instead of ${String(value)}: ${rule.why}`);
      return [[setting, instead]];
    }
    const to = rule.to?.(name, lacks);
    notes.apply(rule.rule, `${path}.${setting}`, to === undefined ? `left out: ${rule.why}` : `index.${to}: ${rule.why}`);
    return to === undefined ? [] : [[`index.${to}`, value]];
  });
  return changed ? Object.fromEntries(kept) : settings;
}
