import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onlyEvent, wantedEvent, wantedSettings } from './wanted.ts';

const wanted = (options: Readonly<Record<string, unknown>>) => wantedSettings({ runDir: join(import.meta.dirname, 'no-such-folder') }, options);

describe('what flags ask for', () => {
  it.each([
    [{ hours: '0' }, '--hours'], [{ hours: '-1' }, '--hours'], [{ hours: '400' }, '--hours'], [{ hours: '1e3' }, '--hours'],
    [{ nodes: '2.5' }, '--nodes: a whole number'], [{ domainNodes: '0' }, '--domain-nodes'], [{ event: 'a'.repeat(20) }, '--event'],
    [{ apiCidr: ['0.0.0.0/0'] }, 'not everybody'], [{ apiCidr: ['203.0.113.7'] }, 'such as 203.0.113.7/32'],
  ])('is refused for %j', (options, said) => {
    expect(() => wanted(options)).toThrow(expect.objectContaining({ code: 'CLI_USAGE', message: expect.stringContaining(said) as string }));
  });

  it.each(['10.1.2.3/32', '172.31.0.0/16', '192.168.1.0/24', '100.64.0.1/32', '127.0.0.1/32', '169.254.1.1/32'])('is refused for the private range %s, which EKS refuses for its API when the network is made', (range) => {
    expect(() => wanted({ apiCidr: [range] })).toThrow(expect.objectContaining({ code: 'CLI_USAGE', message: expect.stringContaining('private') as string }));
  });

  it('takes ranges of the internet', () => {
    expect(wanted({ apiCidr: ['203.0.113.7/32', '172.32.0.0/24'] }).apiCidrs).toEqual(['203.0.113.7/32', '172.32.0.0/24']);
  });
});

describe('which event is meant', () => {
  it('is the last one of this machine, and for what deletes the only one', () => {
    const runDir = mkdtempSync(join(tmpdir(), 'podscope-wanted-'));
    try {
      mkdirSync(join(runDir, 'aws'));
      const ledger = (name: string, at: number): void => {
        writeFileSync(join(runDir, 'aws', `${name}.json`), '{}');
        utimesSync(join(runDir, 'aws', `${name}.json`), at, at);
      };
      ledger('first.eu-west-1', 1);
      expect(onlyEvent({ runDir }, {})).toEqual({ event: 'first', region: 'eu-west-1' });
      ledger('second.us-east-1', 2);
      expect(wantedEvent({ runDir }, {})).toEqual({ event: 'second', region: 'us-east-1' });
      expect(() => onlyEvent({ runDir }, {})).toThrow(expect.objectContaining({ code: 'CLI_USAGE', message: expect.stringContaining('second in us-east-1, first in eu-west-1') as string, hint: expect.stringContaining('--event') as string }));
      expect(onlyEvent({ runDir }, { event: 'first' })).toEqual({ event: 'first', region: 'eu-west-1' });
      expect(onlyEvent({ runDir }, { region: 'us-east-1' })).toEqual({ event: 'second', region: 'us-east-1' });
      expect(onlyEvent({ runDir }, { event: 'third' })).toMatchObject({ event: 'third' });
    } finally {
      rmSync(runDir, { recursive: true, force: true });
    }
  });
});
