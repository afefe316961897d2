import type { JsonObject, JsonValue } from '../model.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { INDEX_SETTINGS, type IndexSettingFacts, type SettingChangeClass } from './setting-table.ts';

/** One index setting that differs, and what it takes to change it. */
export interface SettingChange {
  /** The whole dotted name, with `index.`. */
  readonly setting: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly class: SettingChangeClass;
  /** The reason, in one line. */
  readonly why: string;
}

const REASONS: Readonly<Record<SettingChangeClass, string>> = {
  free: 'can be changed in an open index',
  close: 'can be changed only while the index is closed; a new index has it from its start',
  reindex: 'is fixed when the index is made',
  impossible: 'is set by the server alone',
};

/** Every index setting in which `after` is not `before`; equal meaning (nested or dotted, numbers as text) is no change. */
export function classifySettingChange(before: JsonObject, after: JsonObject): readonly SettingChange[] {
  const [was, is] = [normaliseSettings(before), normaliseSettings(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return names.flatMap((setting): readonly SettingChange[] => {
    if (JSON.stringify(was[setting]) === JSON.stringify(is[setting])) return [];
    const facts = settingFacts(setting);
    const found = { setting, before: was[setting], after: is[setting] };
    if (facts === undefined) return [{ ...found, class: 'reindex', why: 'nothing is known of it: taken for one that is fixed when the index is made' }];
    return [{ ...found, class: facts.class, why: REASONS[facts.class] }];
  });
}

/** The row of the table for a setting, with or without its prefix: its own, or that of the nearest name above it. */
export function settingFacts(setting: string): IndexSettingFacts | undefined {
  const name = setting.replace(/^index\./u, '');
  const exact = INDEX_SETTINGS.find((row) => row.setting === name);
  if (exact !== undefined) return exact;
  return INDEX_SETTINGS.filter((row) => row.setting.endsWith('.*') && name.startsWith(row.setting.slice(0, -1))).sort((one, other) => other.setting.length - one.setting.length)[0];
}
