import { addImport, create, edit, type Item, type Names, namesOf, type Tree } from './tree.ts';

const code = ({ kebab, camel, title }: Names) => `import { count, dashboard, dateHistogram, line, row, terms } from '@podscope/saved-objects';
import { apache } from './dataViews.ts';

const requests = line('${kebab}-requests', '${title}: requests', apache, {
  x: dateHistogram('@timestamp'),
  y: count(),
  split: terms('http.response.status_code', { size: 5 }),
});

/** ${title}: a beginning with one visualization. Say here which question it answers. */
export const ${camel}Dashboard = dashboard('${kebab}', '${title}', [row(requests)], {
  timeFrom: 'now-15m',
  refresh: 10,
  description: '${title}.',
});
`;

/** Makes a dashboard with one visualization, in the workshop's bundle. */
export default function dashboard(tree: Tree, item: Item): () => void {
  const names = namesOf(item);
  const folder = 'apps/workshop/src/dashboards';
  create(tree, folder, { [`${names.camel}.ts`]: code(names) });
  addImport(tree, `${folder}/index.ts`, `import { ${names.camel}Dashboard } from './${names.camel}.ts';`);
  edit(tree, `${folder}/index.ts`, /(dashboardIds = \[)([^\]]*)\]/, (_all, start, list) => `${start}${list}, '${names.kebab}']`);
  edit(tree, `${folder}/index.ts`, /(workshopBundle = bundle\([\s\S]*?)\n\);/, (_all, start) => `${start}\n  ${names.camel}Dashboard,\n);`);
  edit(tree, 'docs/guide/system.md', /(## The dashboards\n[\s\S]*?(?:^\| `[a-z-]+` \|.*\n)+)/m, (table) => `${table}| \`${names.kebab}\` | ${names.title} |\n`);
  return () => process.stdout.write(`\nNow: choose its panels, look at it in the console (npm start), and add a changeset.\n`);
}
