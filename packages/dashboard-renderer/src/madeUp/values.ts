import type { IndexPattern } from '../savedObjects.ts';
import { type Random, randomFor } from './random.ts';

/** Values that a field of such a name usually has. */
const KNOWN: readonly (readonly [RegExp, readonly string[]])[] = [
  [/status_?code|response(?!\.bytes)|http\.status/i, ['200', '304', '404', '500', '503', '301', '201']],
  [/method|verb/i, ['GET', 'POST', 'PUT', 'DELETE', 'HEAD']],
  [/country|geo\.(?:src|dest)|region_iso/i, ['CN', 'IN', 'US', 'DE', 'BR', 'NG', 'JP', 'GB', 'FR', 'MX']],
  [/level|severity/i, ['info', 'warn', 'error', 'debug']],
  [/\bos\b|platform/i, ['linux', 'windows', 'macos', 'android', 'ios']],
  [/phase/i, ['Running', 'Pending', 'Succeeded', 'Failed']],
  [/path|url|uri/i, ['/', '/login', '/cart', '/api/orders', '/images/logo.png', '/health']],
  [/\bip\b|address/i, ['10.0.0.12', '10.0.0.31', '192.168.4.7', '172.16.8.2', '10.0.1.5']],
];

/** Made-up values of a field, the most frequent first. */
export function madeUpTerms(pattern: IndexPattern | undefined, field: string, count: number): readonly (string | number)[] {
  const type = pattern?.fields.get(field)?.type;
  if (type === 'boolean') return [1, 0].slice(0, count);
  const known = KNOWN.find(([name]) => name.test(field))?.[1];
  const short = field.replace(/\.(?:keyword|raw|name|id)$/, '').split('.').at(-1) ?? field;
  const texts = Array.from({ length: count }, (_unused, at) => known?.[at] ?? `${short}-${at + 1}`);
  if (type !== 'number') return texts;
  return texts.map((text, at) => (/^\d+$/.test(text) ? Number(text) : at + 1));
}

/** About how large the numbers of a field are. */
export function usualSize(field: string): number {
  if (/bytes|size|memory|heap/i.test(field)) return 6_000;
  if (/pct|percent|ratio/i.test(field)) return 0.6;
  if (/duration|took|latency|\btime\b|millis|_ms|_us/i.test(field)) return 250;
  return 20 + randomFor(field)() * 80;
}

/** A number near the usual size of a field. */
export function madeUpNumber(field: string, random: Random): number {
  return Math.round(usualSize(field) * (0.5 + random()) * 100) / 100;
}

/** A made-up document of an index pattern at a moment. */
export function madeUpDocument(pattern: IndexPattern | undefined, time: number, random: Random): Readonly<Record<string, unknown>> {
  const document: Record<string, unknown> = {};
  for (const { name, type, scripted } of pattern?.fields.values() ?? []) {
    if (name.startsWith('_') || scripted === true || /\.(?:keyword|raw)$/.test(name)) continue;
    if (type === 'date') document[name] = new Date(time).toISOString();
    else if (type === 'number') document[name] = /code|status|response/i.test(name) ? Number(pick(madeUpTerms(pattern, name, 4), random)) : madeUpNumber(name, random);
    else if (type === 'boolean') document[name] = random() < 0.5;
    else if (type === 'geo_point') document[name] = madeUpPlace(random);
    else if (type === 'ip' || type === 'string') document[name] = pick(madeUpTerms(pattern, name, 5), random);
  }
  return document;
}

/** Somewhere on land, as often as not. */
export function madeUpPlace(random: Random): { readonly lat: number; readonly lon: number } {
  return { lat: Math.round((random() * 90 - 30) * 100) / 100, lon: Math.round((random() * 260 - 120) * 100) / 100 };
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.min(values.length - 1, Math.floor(random() ** 2 * values.length))] as T;
}
