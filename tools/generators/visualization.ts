import { execFileSync } from 'node:child_process';
import { addImport, create, edit, type Item, type Names, namesOf, type Tree } from './tree.ts';

const code = ({ kebab, camel, title }: Names) => `import { defineVisualization, vegaSearch } from '@podscope/saved-objects';
import { ANSWERED, literal } from '../vegaParts.ts';

/** ${title}: a beginning with a bar for each of the most frequent values. Say here which question yours answers. */
export const ${camel} = defineVisualization({
  id: '${kebab}',
  description: '${title}.',
  fields: { name: 'keyword' },
  options: { top: { type: 'number', whole: true, least: 1, most: 50, default: 10, description: 'How many values.' } },
  sample: () => ({ answer: { aggregations: { names: { buckets: [{ key: 'one', doc_count: 34 }, { key: 'two', doc_count: 21 }, { key: 'three', doc_count: 13 }] } } } }),
  toVega: ({ view, fields: { name }, options }) => ({
    data: [
      { name: 'answer', url: vegaSearch(view, { aggs: { names: { terms: { field: name, size: options.top } } } }), transform: [ANSWERED] },
      {
        name: 'bars',
        source: 'answer',
        transform: [
          { type: 'flatten', fields: ['aggregations.names.buckets'], as: ['bucket'] },
          { type: 'formula', as: 'name', expr: 'datum.bucket.key' },
          { type: 'formula', as: 'count', expr: 'datum.bucket.doc_count' },
        ],
      },
    ],
    signals: [{ name: 'chosen', on: [{ events: '@bar:click', update: \`opensearchDashboardsAddFilter({match_phrase: {\${literal(name)}: datum.name}}, \${literal(view.pattern)})\` }] }],
    scales: [
      { name: 'x', type: 'linear', range: 'width', nice: true, domain: { data: 'bars', field: 'count' } },
      { name: 'y', type: 'band', range: 'height', padding: 0.2, domain: { data: 'bars', field: 'name' } },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', grid: true, tickCount: 5 },
      { orient: 'left', scale: 'y', domain: false, ticks: false, labelLimit: 190 },
    ],
    marks: [
      {
        name: 'bar',
        type: 'rect',
        from: { data: 'bars' },
        encode: {
          update: {
            x: { scale: 'x', value: 0 },
            x2: { scale: 'x', field: 'count' },
            y: { scale: 'y', field: 'name' },
            height: { scale: 'y', band: 1 },
            cursor: { value: 'pointer' },
            tooltip: { signal: "{title: datum.name, 'Documents': datum.count}" },
          },
        },
      },
    ],
  }),
});
`;

const test = ({ kebab, camel }: Names) => `import { expect, it } from 'vitest';
import { apache } from '../../dashboards/dataViews.ts';
import { drawVega } from '../drawVega.fixture.ts';
import { ${camel} } from './index.ts';

it('draws a bar for each value, and nothing where there is none', async () => {
  const svg = await ${camel}.preview({ draw: drawVega });
  expect([...svg.matchAll(/>(one|two|three)</g)].map(([, name]) => name)).toEqual(['one', 'two', 'three']);
  expect(svg.match(/fill="#54B399"/g)).toHaveLength(3);
  expect(await ${camel}.preview({ draw: drawVega, rows: {} })).toContain('<svg');
});

it('asks for as many values as it is told, of the field that it is told', () => {
  const { object } = ${camel}('${kebab}', 'Mine', apache, { fields: { name: 'url.path' }, options: { top: 3 } });
  const { params } = JSON.parse(String(object.attributes['visState'])) as { readonly params: { readonly spec: string } };
  expect(JSON.parse(params.spec)).toMatchObject({ data: [{ url: { index: 'apache-*', body: { aggs: { names: { terms: { field: 'url.path', size: 3 } } } } } }, {}] });
});

it('takes only fields that are what they stand for', () => {
  // @ts-expect-error a text has no exact values
  expect(() => ${camel}('a', 'A', apache, { fields: { name: 'message' } })).toThrow(expect.objectContaining({ code: 'SAVED_OBJECT_FIELD_TYPE' }));
});
`;

const page = ({ kebab, camel, title }: Names) => `# ${kebab}

${title}. Say here which question it answers, and how to read it.

![${title}, drawn from its sample](preview.svg)

\`\`\`ts
import { date, defineFields, keyword } from '@podscope/core';
import { dataView } from '@podscope/saved-objects';
import { ${camel} } from '../src/visualizations/${kebab}/index.ts';

const web = dataView('apache-*', { fields: defineFields({ '@timestamp': date(), 'url.path': keyword() }) });

${camel}('my-${kebab}', '${title}', web, { fields: { name: 'url.path' } });
\`\`\`

| role | what fills it |
| --- | --- |
| \`name\` | a keyword: a bar for each of its values |

| option | default | what it does |
| --- | --- | --- |
| \`top\` | 10 | how many values |
`;

/** Makes a kind of visualization that works and is registered everywhere; its author then changes what it draws. */
export default function visualization(tree: Tree, item: Item): () => void {
  const names = namesOf(item);
  const { kebab, camel, title } = names;
  const folder = 'apps/workshop/src/visualizations';
  create(tree, `${folder}/${kebab}`, { 'index.ts': code(names), [`${camel}.test.ts`]: test(names), 'README.md': page(names) });
  addImport(tree, `${folder}/catalogue.ts`, `import { ${camel} } from './${kebab}/index.ts';`);
  edit(tree, `${folder}/catalogue.ts`, /(visualizationCatalogue = \[)([^\]]*)\];/, (_all, start, list) => `${start}${list}, ${camel}];`);
  edit(tree, 'docs/guide/your-own-visualizations.md', /(?:^\| `[a-z-]+` \|.*\n)+/m, (rows) => `${rows}| \`${kebab}\` | ${title} |\n`);
  return () => {
    execFileSync(process.execPath, ['--conditions=@podscope/source', 'tools/previews/main.ts', kebab], { stdio: 'inherit' });
    process.stdout.write(`\nNow: change what it draws, draw its pictures anew (npm run previews), put it on a dashboard, and add a changeset.\n`);
  };
}
