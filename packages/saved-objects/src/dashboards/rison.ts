import type { Json } from '../read/storedObject.ts';

/** What needs no quotes: nothing that has a meaning in the notation, and no number at the beginning. */
const BARE = /^[^\s'!:(),*@$0-9-][^\s'!:(),*@$]*$/u;

/**
 * A value in Rison, the notation in which the products' pages keep their state in addresses
 * (https://github.com/Nanonid/rison; OpenSearch Dashboards takes the package rison-node).
 */
export function rison(value: Json): string {
  if (value === null) return '!n';
  if (typeof value === 'boolean') return value ? '!t' : '!f';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).replace('+', '') : '!n';
  // What the product fills in may be anything.
  if (typeof value === 'string') return BARE.test(value) && !value.includes('{{') ? value : `'${value.replace(/['!]/gu, '!$&')}'`;
  if (Array.isArray(value)) return `!(${(value as readonly Json[]).map(rison).join(',')})`;
  const members = Object.entries(value).filter((member): member is [string, Json] => member[1] !== undefined);
  return `(${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${rison(name)}:${rison(each)}`)
    .join(',')})`;
}
