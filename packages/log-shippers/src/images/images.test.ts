import { describe, expect, expectTypeOf, it } from 'vitest';
import { COMPATIBILITY } from '../compatibility/compatibility.ts';
import { imagesPastEndOfLife } from './endOfLife.ts';
import { imageReference } from './imageReference.ts';
import { type Image, type ImageName, IMAGES } from './images.ts';

const digest = `sha256:${'ab'.repeat(32)}` as const;

describe('the list of images', () => {
  it('has one for each version of each shipper', () => {
    const wanted = Object.entries(COMPATIBILITY).flatMap(([shipper, { versions }]) => Object.keys(versions).map((version) => `${shipper}@${version}`));
    expect(Object.keys(IMAGES)).toEqual(expect.arrayContaining(wanted));
    const named = Object.keys(IMAGES).filter((name) => Object.hasOwn(COMPATIBILITY, name.split('@')[0] ?? ''));
    expect(named.sort()).toEqual(wanted.sort());
  });

  it('says of each where its end of life stands, with a day that is one', () => {
    for (const [name, { endOfLife, tag, architectures }] of Object.entries<Image>(IMAGES)) {
      expect(endOfLife.source.length, name).toBeGreaterThan(10);
      if (endOfLife.date !== undefined) expect(new Date(endOfLife.date).toISOString().slice(0, 10)).toBe(endOfLife.date);
      expect(tag).not.toBe('latest');
      expect(architectures).toContain('amd64');
    }
  });

  it('counts the last day as supported', () => {
    const names = (day: string): ImageName[] => imagesPastEndOfLife(new Date(day)).map(({ name }) => name);
    expect(names('2026-11-30')).not.toContain('fluent-bit@5.0');
    expect(names('2026-12-01')).toContain('fluent-bit@5.0');
    expect(names('2010-01-01')).toEqual([]);
    const dates = imagesPastEndOfLife(new Date('2030-01-01')).map(({ endOfLife }) => endOfLife.date);
    expect(dates).toEqual([...dates].sort());
    expect(() => imagesPastEndOfLife(new Date('soon'))).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });
});

describe('a reference', () => {
  it('is what the list says, or another in part or whole', () => {
    expect(imageReference('fluent-bit@5.1')).toEqual({ image: 'docker.io/fluent/fluent-bit:5.1.1', imagePullPolicy: 'IfNotPresent' });
    expect(imageReference('fluent-bit@5.1', { registry: 'registry.example.com:5000/mirror/' }).image).toBe('registry.example.com:5000/mirror/fluent/fluent-bit:5.1.1');
    expect(imageReference('fluent-bit@5.1', { tag: '5.1.2' }).image).toBe('docker.io/fluent/fluent-bit:5.1.2');
    expect(imageReference('guestbook').image).toBe('podscope-guestbook:0.1.0');
    expect(imageReference('guestbook', { registry: 'registry.example.com' }).image).toBe('registry.example.com/podscope-guestbook:0.1.0');
    expect(imageReference('fluent-bit@5.1', { digest }).image).toBe(`docker.io/fluent/fluent-bit:5.1.1@${digest}`);
    expect(imageReference('fluent-bit@5.1', 'example.com/mine:1').image).toBe('example.com/mine:1');
  });

  it('is asked for at each start where its tag moves and no digest fixes it', () => {
    expect(imageReference('redis').imagePullPolicy).toBe('Always');
    expect(imageReference('redis', { registry: 'mirror.example.com' }).imagePullPolicy).toBe('Always');
    expect(imageReference('redis', { digest }).imagePullPolicy).toBe('IfNotPresent');
    expect(imageReference('redis', { tag: '7.4.8' }).imagePullPolicy).toBe('IfNotPresent');
  });

  it.each(['example.com/mine', 'example.com/mine:latest', 'Example.com/Mine:1', 'example.com/mine:1 ', '', 'https://example.com/mine:1', `example.com/mine@sha256:abc`])('is refused: %j', (image) => {
    expect(() => imageReference('redis', image)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });

  it('has a name that the list knows', () => {
    expectTypeOf<'fluent-bit@9.9'>().not.toExtend<ImageName>();
    expectTypeOf<'fluent-bit@5.1'>().toExtend<ImageName>();
  });
});
