import { describe, expect, it } from 'vitest';
import { COMPATIBILITY, type Shipper, type ShipperFacts } from '../../../packages/log-shippers/src/index.ts';
import { matrix } from './matrix.ts';
import { render } from './renderers.ts';
import { differences, linesOf } from './shown.ts';

const cases = matrix();

describe('the matrix', () => {
  it('has every shipper, version, source and destination of the compatibility data', () => {
    expect(cases.length).toBeGreaterThan(150);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    const missing: string[] = [];
    for (const [shipper, { versions }] of Object.entries<ShipperFacts>(COMPATIBILITY)) {
      for (const [version, { sources, engines, destinations }] of Object.entries(versions)) {
        for (const source of sources) {
          for (const target of [...engines, ...destinations]) {
            const there = cases.some(({ shipper: one, options }) => one === shipper && options.version === version && options.sources.length === 1 && options.sources[0]?.kind === source && (options.destination.kind === 'opensearch' ? options.destination.engine : options.destination.kind) === target);
            if (!there) missing.push(`${shipper} ${version} ${source} → ${target}`);
          }
        }
      }
    }
    expect(missing).toEqual([]);
  });

  it.each(Object.keys(COMPATIBILITY) as Shipper[])('is linted without an error: %s', (shipper) => {
    const errors = cases.filter((each) => each.shipper === shipper).flatMap((each) => render(each).problems.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${each.name}: ${rule}: ${message}`));
    expect(errors).toEqual([]);
  });

  // Each configuration is shown as what differs from the one that it is like; the first of each shipper in full.
  it.each(Object.keys(COMPATIBILITY) as Shipper[])('is written like this: %s', async (shipper) => {
    const lines = new Map(cases.filter((each) => each.shipper === shipper).map((each) => [each.name, linesOf(render(each).files)]));
    const text = cases.filter((each) => each.shipper === shipper).map(({ name, like }) => {
      const mine = lines.get(name) ?? [];
      const other = like === undefined ? undefined : lines.get(like);
      if (other === undefined) return [`== ${name}`, ...mine].join('\n');
      const changes = differences(other, mine);
      return [`== ${name}, like ${like}${changes.length === 0 ? ', the same' : ''}`, ...changes].join('\n');
    });
    await expect(`${text.join('\n')}\n`).toMatchFileSnapshot(`__snapshots__/${shipper}.txt`);
  });
});

describe('what is shown of two that are alike', () => {
  it('is what goes and what comes, and where', () => {
    expect(differences(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual(['@ a', '- b', '+ x', '@ d', '+ e']);
    expect(differences([], ['a'])).toEqual(['@ the beginning', '+ a']);
    expect(differences(['a'], ['a'])).toEqual([]);
    expect(differences(['a', 'b'], [])).toEqual(['@ the beginning', '- a', '- b']);
  });

  it('cuts long lines and tells them apart', () => {
    const of = (text: string) => linesOf({ files: { 'a.conf': text }, main: 'a.conf', args: ['-c', '{config}/a.conf'], environment: [] });
    expect(of(`x\n\n${'y'.repeat(300)}`)).toEqual(['arguments: -c {config}/a.conf', '-- a.conf', 'x', expect.stringMatching(/^y{200}… \(300 characters, [0-9a-f]{12}\)$/)]);
    expect(of(`${'y'.repeat(300)}a`)).not.toEqual(of(`${'y'.repeat(300)}b`));
  });
});
