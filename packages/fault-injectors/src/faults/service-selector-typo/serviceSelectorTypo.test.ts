import { describe, expect, it } from 'vitest';
import type { Service } from '../../kubernetes/objects/services.ts';
import { misspelt, serviceSelectorTypo, withTypo } from './index.ts';

const service = (selector?: Record<string, string>): Service => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ...(selector && { selector }), clusterIP: '10.0.0.7' } });
const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

describe('service-selector-typo', () => {
  it.each(['frontend', 'web', 'aa', 'a', '', 'x', 'a-b', 'a.b-c_d', 'a'.repeat(63), 'x'.repeat(63), `${'a'.repeat(62)}b`])('makes another value of %j, which a label may have', (value) => {
    expect(misspelt(value)).not.toBe(value);
    expect(misspelt(value)).toMatch(LABEL);
  });

  it('looks like a typo', () => {
    expect(misspelt('frontend')).toBe('frontedn');
  });

  it('changes one label of the selector', () => {
    expect(withTypo(service({ tier: 'front', app: 'web' }), undefined)).toMatchObject({ spec: { selector: { tier: 'front', app: 'wbe' } } });
    expect(withTypo(service({ tier: 'front', app: 'web' }), 'tier')).toMatchObject({ spec: { selector: { tier: 'frotn', app: 'web' } } });
  });

  it('is unfit without a selector, or without that label in it', () => {
    expect(() => withTypo(service(), undefined)).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
    expect(() => withTypo(service({ app: 'web' }), 'tier')).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT', hint: 'It has app.' }));
  });

  it('wants a Service', () => {
    expect(() => serviceSelectorTypo.from({ namespace: 'shop' })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
