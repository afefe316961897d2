import { expect, it } from 'vitest';
import { formatHash, lastingParams, parseHash } from './route.ts';

it('reads what it writes', () => {
  const hash = formatHash(['dashboards', 'a b/c'], { f: '[{"field":"a","value":"&=#?/"}]', live: undefined, q: '' });
  expect(parseHash(hash)).toEqual({ path: ['dashboards', 'a b/c'], params: { f: '[{"field":"a","value":"&=#?/"}]' } });
});

it('keeps broken escapes and stands on nothing', () => {
  expect(parseHash('#/logs/%E0%A4%A')).toEqual({ path: ['logs', '%E0%A4%A'], params: {} });
  expect(parseHash('')).toEqual({ path: [], params: {} });
});

it('takes the time along, not the filters', () => {
  expect(lastingParams({ from: 'now-1h', to: '', f: 'x', live: '5' })).toEqual({ from: 'now-1h', live: '5' });
});
