import { expect, it } from 'vitest';
import { mebibytes, millicores, quantityOf, withLimit } from './quantity.ts';

it.each([['64Mi', 67_108_864], ['1Gi', 1_073_741_824], ['500m', 0.5], ['2', 2], [3, 3], ['1e3', 1_000], ['.5', 0.5], ['128974848000m', 128_974_848], ['12E', 12e18], ['many', undefined], [undefined, undefined]])('reads the quantity %s', (text, value) => {
  expect(quantityOf(text)).toBe(value);
});

it('writes quantities in the form in which the server stores them', () => {
  expect([mebibytes(8), mebibytes(1_024), mebibytes(1_536)]).toEqual(['8Mi', '1Gi', '1536Mi']);
  expect([millicores(10), millicores(1_000), millicores(1_500)]).toEqual(['10m', '1', '1500m']);
});

it('lowers what is asked for to the limit, and leaves all else', () => {
  const resources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' }, claims: [] };
  expect(withLimit(resources, 'memory', '8Mi')).toEqual({ requests: { cpu: '10m', memory: '8Mi' }, limits: { memory: '8Mi' }, claims: [] });
  expect(withLimit(resources, 'memory', '32Mi')).toEqual({ requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' }, claims: [] });
  expect(withLimit(undefined, 'cpu', '10m')).toEqual({ limits: { cpu: '10m' } });
});
