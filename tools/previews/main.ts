import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { visualizationCatalogue } from '../../apps/workshop/src/visualizations/catalogue.ts';
import { picturesOf } from './previews.ts';

const USAGE = `Usage: npm run previews [-- <id> …]

Draws the workshop's own visualizations, or only those that are named, with Vega, out of their samples and without a server, into the folders of their pages:
apps/workshop/src/visualizations/<id>/preview.svg and preview-dark.svg.

Example:
  npm run previews -- pod-timeline
`;

const asked = process.argv.slice(2);
const unknown = asked.find((id) => !visualizationCatalogue.some((kind) => kind.id === id));
if (asked.includes('--help')) {
  process.stdout.write(USAGE);
} else if (unknown !== undefined) {
  process.stderr.write(`"${unknown}" is no visualization of the catalogue.\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'apps/workshop/src/visualizations');
  for (const kind of visualizationCatalogue.filter(({ id }) => asked.length === 0 || asked.includes(id))) {
    for (const [name, svg] of Object.entries(await picturesOf(kind))) await writeFile(join(folder, kind.id, name), svg);
    process.stdout.write(`${kind.id}\n`);
  }
}
