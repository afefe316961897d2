import { expect, it } from 'vitest';
import { guidePagesOf } from './order.ts';

it('begins with the index and follows its links', () => {
  const pages = guidePagesOf({
    '../docs/guide/alpha.md': '# Alpha\n\ntext',
    '../docs/guide/index.md': '# Start here\n\n[Zulu](zulu.md) then [Beta](./beta.md#part)',
    '../docs/guide/beta.md': 'no heading',
    '../docs/guide/zulu.md': '# Zulu',
  });
  expect(pages.map(({ slug }) => slug)).toEqual(['index', 'zulu', 'beta', 'alpha']);
  expect(pages.map(({ title }) => title)).toEqual(['Start here', 'Zulu', 'beta', 'Alpha']);
});
