import { parseArgs } from 'node:util';
import { imagesPastEndOfLife } from '../../packages/log-shippers/src/images/endOfLife.ts';
import { type Image, IMAGES, taggedName } from '../../packages/log-shippers/src/images/images.ts';

const HELP = `Prints the images that the manifests name, and which of them get no more fixes.

  npm run images                        a table
  npm run images -- --json              {date, images: [{name, image, digestPolicy, architectures, endOfLife, past}], past}
  npm run images -- --date 2027-01-01   as of another day
  npm run images -- --strict            exit code 1 when one is past its end of life

The facts are in packages/log-shippers/src/images/images.ts, each with its source.
`;

interface Row {
  readonly name: string;
  readonly image: string;
  readonly digestPolicy: string;
  readonly architectures: readonly string[];
  readonly endOfLife: string | undefined;
  readonly past: boolean;
  readonly note: string | undefined;
  readonly source: string;
}

function rowsAt(date: Date): Row[] {
  const past = new Set<string>(imagesPastEndOfLife(date).map(({ name }) => name));
  return Object.entries<Image>(IMAGES).map(([name, image]) => ({
    name,
    image: taggedName(image),
    digestPolicy: image.digestPolicy,
    architectures: image.architectures,
    endOfLife: image.endOfLife.date,
    past: past.has(name),
    note: image.endOfLife.note,
    source: image.endOfLife.source,
  }));
}

function table(rows: readonly Row[]): string {
  const wide = Math.max(...rows.map(({ image }) => image.length));
  return rows.map(({ image, endOfLife, past, note, source }) => `${past ? 'PAST' : 'ok  '}  ${image.padEnd(wide)}  ${(endOfLife ?? '-').padEnd(10)}  ${source}${note === undefined ? '' : ` (${note})`}\n`).join('');
}

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, date: { type: 'string' }, strict: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) process.stdout.write(HELP);
  else {
    const date = values.date === undefined ? new Date() : new Date(values.date);
    const rows = rowsAt(date);
    const past = rows.filter((row) => row.past);
    if (values.json) process.stdout.write(`${JSON.stringify({ date: date.toISOString().slice(0, 10), images: rows, past: past.map(({ name }) => name) }, undefined, 2)}\n`);
    else process.stdout.write(`${table(rows)}${past.length} of ${rows.length} images are past their end of life on ${date.toISOString().slice(0, 10)}.\n`);
    if (values.strict && past.length > 0) process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
