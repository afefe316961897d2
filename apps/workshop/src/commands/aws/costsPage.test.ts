import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../targets/aws/estimate/estimate.ts';
import { SOURCES } from '../../targets/aws/estimate/sources.ts';
import { costLines } from './shown.ts';
import { wantedSettings } from './wanted.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../../docs/guide/aws-costs.md'), 'utf8');

/** What the command would print for flags as they stand in the page. */
function told(flags: string) {
  const options = Object.fromEntries([...flags.matchAll(/--([a-z-]+) (\S+)/gu)].map(([, name = '', value]) => [name.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase()), value]));
  const settings = wantedSettings({ runDir: join(import.meta.dirname, 'no-such-folder') }, options);
  const costs = estimate(settings);
  if (costs === undefined) throw new Error(`no estimate for ${flags}`);
  return { settings, costs };
}
const rows = (heading: string): readonly (readonly string[])[] => {
  const [, after = ''] = page.split(`| ${heading} |`);
  return after.split('\n').slice(2).join('\n').split(/\n(?!\|)/u)[0]?.split('\n').map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$|`/gu, ''))) ?? [];
};

describe('docs/guide/aws-costs.md', () => {
  it('shows what the command prints', () => {
    const blocks = [...page.matchAll(/<!-- figures: (.*?) -->\n\n```text\n([\s\S]*?)\n```/gu)];
    expect(blocks.map(([, flags]) => flags)).toEqual(['--region us-east-1 --hours 8', '--region eu-central-1 --hours 8']);
    for (const [, flags = '', text] of blocks) {
      const { settings, costs } = told(flags);
      expect(text).toBe(costLines(costs, settings.hours).join('\n'));
    }
    const ways = rows('flags | $/hour | $/8 h');
    expect(ways.length).toBe(2);
    for (const [flags = '', hour, event] of ways) {
      const { costs } = told(`--region us-east-1 --hours 8 ${flags}`);
      expect([hour, event]).toEqual([costs.hour.toFixed(2), costs.event.toFixed(2)]);
    }
  });

  it('has sizes from 10 to 1,000 participants, each as large as its rule says', () => {
    const VCPUS: Readonly<Record<string, number>> = { medium: 2, large: 2, xlarge: 4, '2xlarge': 8 };
    const sizes = rows('participants | flags | $/hour | $/8 h | $ each');
    expect(sizes.map(([people]) => people)).toEqual(['10', '30', '100', '300', '1,000']);
    for (const [people = '', flags = '', hour, event, each] of sizes) {
      const number = Number(people.replace(',', ''));
      const { settings: { domain }, costs } = told(`--region us-east-1 --hours 8 ${flags}`);
      expect([hour, event, each]).toEqual([costs.hour.toFixed(2), costs.event.toFixed(2), (costs.event / number).toFixed(2)]);
      // 8 panels in 30 seconds, a tenth of a second each, twice.
      expect(domain.count * (VCPUS[domain.type.split('.')[1] ?? ''] ?? 0)).toBeGreaterThanOrEqual(((number * 8) / 30) * 0.1 * 2);
    }
  });

  it('names the source of each price', () => {
    expect(rows('what | read of | source | AWS’s page'.replace('’', "'"))).toEqual(Object.entries(SOURCES).map(([id, { asOf, title, page: of }]) => [id, asOf, title, `<${of}>`]));
  });
});

describe('the table of an estimate', () => {
  it.each(['us-east-1', 'eu-central-1', 'sa-east-1'])('adds up in %s by what it prints, to half a unit of each line', (region) => {
    const { settings, costs } = told(`--region ${region} --hours 8`);
    const printed = costLines(costs, settings.hours).slice(1, costs.lines.length + 2).map((line) => line.trim().split(/\s+/u).slice(-3).map(Number));
    const [hour = [], ...rest] = [0, 1, 2].map((column) => printed.map((row) => row[column] ?? Number.NaN));
    for (const [column, unit] of [[hour, 0.001], ...rest.map((each) => [each, 0.01] as const)] as const) {
      expect(Math.abs(column.slice(0, -1).reduce((sum, each) => sum + each, 0) - (column.at(-1) ?? Number.NaN))).toBeLessThanOrEqual((unit / 2) * column.length);
    }
    // What costs something by the hour is no zero, and half a cent is no whole one.
    expect(hour.every((each) => each > 0)).toBe(true);
    expect(hour).toContain(0.005);
  });
});
