import { expect, it } from 'vitest';
import { refusedIn } from './vegaExpressions.ts';

it.each([
  ["window['x']", 'names "window"'],
  ['datum.a > top', 'names "top"'],
  ['eval(datum.x)', 'names "eval"'],
  ['{a: parent}', 'names "parent"'],
  ['event.view', 'reads the member "view"'],
  ["datum['constructor']", 'reads the member "constructor"'],
  ['item["ownerDocument"].x', 'reads the member "ownerDocument"'],
  ["datum['con' + 'structor']", 'makes up the name of a member'],
  ['datum[lower(datum.a)]', 'makes up the name of a member'],
  ["data('x')[length(data('x')) - 1]", 'makes up the name of a member'],
])('%s is refused', (expression, why) => {
  expect(refusedIn(expression)).toBe(why);
});

it.each([
  'gaps[0] > 0 ? gaps[0] : 30000',
  "datum['kubernetes.pod.name']",
  "{'top': 1, top: 2, title: 'window of the document'}",
  'datum.self + datum.top',
  "data('names')[0].key",
  'datum[field]',
  '[datum.a, datum.b + 1]',
  "invert('x', clamp(x(), 0, width))",
  "'it\\'s a [window + 1]'",
  'topOf + viewer.views',
])('%s is taken', (expression) => {
  expect(refusedIn(expression)).toBeUndefined();
});
