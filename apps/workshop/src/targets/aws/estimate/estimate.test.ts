import { describe, expect, it } from 'vitest';
import { awsSettings, type AwsSettingsInput } from '../settings.ts';
import { estimate } from './estimate.ts';
import { PRICED_REGIONS } from './price.ts';
import { SOURCES } from './sources.ts';

const of = (input: AwsSettingsInput = {}) => {
  const found = estimate(awsSettings.parse(input));
  if (found === undefined) throw new Error('no estimate');
  return found;
};

describe('the estimate of an event', () => {
  it('is the sum of what is made, by its time', () => {
    const { lines, hour, day, event } = of({ region: 'us-east-1', hours: 10 });
    // 0.1 + 4 x 0.0416 + 4 x 20 x 0.08 / 730 + 0.045 + 0.005 + 2 x 0.073 + 2 x 20 x 0.122 / 730
    expect(hour).toBeCloseTo(0.4779, 3);
    expect(day).toBeCloseTo(hour * 24, 2);
    expect(event).toBeCloseTo(hour * 10, 2);
    for (const key of ['hour', 'day', 'event'] as const) expect(lines.reduce((sum, line) => sum + line[key], 0)).toBeCloseTo({ hour, day, event }[key], 6);
    expect(lines.map(({ resource }) => resource)).toEqual(['EKS cluster', 'Nodes of the cluster: t3.medium', 'Disks of the nodes: gp3', 'NAT gateway', 'Public address of the NAT gateway', 'Nodes of the domain: t3.medium.search', 'Disks of the domain: gp3']);
  });

  it('grows with each number', () => {
    const { hour } = of();
    for (const more of [{ nodes: { count: 5 } }, { nodes: { diskGiB: 50 } }, { nodes: { type: 'm5.large' } }, { domain: { count: 3 } }, { domain: { diskGiB: 100 } }, { domain: { type: 'r6g.large.search' } }, { egress: 'endpoints' }] as const) expect(of(more).hour).toBeGreaterThan(hour);
    expect(of({ egress: 'endpoints', zones: 3 }).hour).toBeGreaterThan(of({ egress: 'endpoints' }).hour);
    expect(of({ hours: 20 }).event).toBeCloseTo(of({ hours: 10 }).event * 2, 3);
  });

  it('leaves out what is there already', () => {
    expect(of({ existingCluster: 'theirs' }).lines.map(({ resource }) => resource)).toEqual(['Nodes of the domain: t3.medium.search', 'Disks of the domain: gp3']);
    expect(of({ existingCluster: 'theirs', existingDomain: 'theirs' })).toMatchObject({ lines: [], hour: 0, event: 0, notes: [expect.stringContaining('there already'), expect.any(String), expect.any(String)] });
  });

  it('says whose price it is where a region’s own isn’t known', () => {
    const { lines, notes } = of({ region: 'eu-central-1' });
    expect(lines.filter(({ price }) => price.region === 'us-east-1').map(({ quantity }) => quantity)).toEqual(['2 x 0.073 (us-east-1)', '2 x 20 GB x 0.122 a month (us-east-1)']);
    expect(notes.join('\n')).toMatch(/No price of eu-central-1 is known for: Nodes of the domain: t3.medium.search; Disks of the domain: gp3/u);
    expect(of({ region: 'us-east-1' }).notes.join('\n')).not.toContain('is known for');
  });

  it('has nothing for a region or a type that it doesn’t know', () => {
    expect(estimate(awsSettings.parse({ region: 'ap-southeast-7' }))).toBeUndefined();
    expect(() => of({ nodes: { type: 'x9.huge' } })).toThrow(expect.objectContaining({ code: 'AWS_NO_PRICE', hint: expect.stringContaining('t3.medium') as string }));
    for (const region of ['us-east-1', 'eu-central-1']) {
      expect(() => of({ region, domain: { type: 'constructor' } })).toThrow(expect.objectContaining({ code: 'AWS_NO_PRICE' }));
      expect(() => of({ region, nodes: { type: 'constructor' } })).toThrow(expect.objectContaining({ code: 'AWS_NO_PRICE' }));
    }
  });
});

describe('the price table', () => {
  it('has each default in each of its regions, dated, with a source', () => {
    expect(PRICED_REGIONS.length).toBeGreaterThanOrEqual(10);
    for (const region of PRICED_REGIONS) {
      const { lines, sources, asOf } = of({ region });
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/u);
      for (const { price, hour } of lines) {
        expect(hour).toBeGreaterThan(0);
        expect(sources[price.source]).toMatchObject({ asOf: price.asOf, title: expect.stringMatching(/\w/u) as string, page: expect.stringMatching(/^https:\/\/aws\.amazon\.com\//u) as string });
      }
      expect(lines.find(({ resource }) => resource.startsWith('Nodes of the cluster'))?.price.region).toBe(region);
    }
    for (const { asOf } of Object.values(SOURCES)) expect(Number.isNaN(Date.parse(asOf))).toBe(false);
  });
});
