import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type Json, type JsonObject, migrateSavedObject, readSavedObjects } from '../../../packages/saved-objects/src/index.ts';
import { decodeAttributes } from '../../../packages/saved-objects/src/stored/innerJson.ts';
import { isShapedType, shapeProblems } from '../../../packages/saved-objects/src/stored/shapeProblems.ts';

// What the objects of a folder have that the shapes do not describe: the most frequent first, with a value and a file each.
//   node --conditions=@podscope/source tools/conformance/saved-objects/misfits.ts <folder> [--kind pie] [--type search] [--under params] [--top 40]
const { values, positionals } = parseArgs({ allowPositionals: true, options: { kind: { type: 'string' }, type: { type: 'string' }, under: { type: 'string' }, top: { type: 'string', default: '40' } } });

function* filesIn(path: string): Generator<string> {
  if (statSync(path).isFile()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesIn(join(path, name));
}

const seen = new Map<string, { count: number; readonly example: string }>();
const totals = new Map<string, { total: number; fit: number }>();
for (const folder of positionals) {
  for (const file of filesIn(folder)) {
    for (const { object: original } of readSavedObjects(readFileSync(file, 'utf8'), { file }).objects) {
      const object = migrateSavedObject(original);
      if (!isShapedType(object.type) || (values.type !== undefined && values.type !== object.type)) continue;
      const attributes = decodeAttributes(object.type, object.attributes);
      const kind = (attributes['visState'] as JsonObject | undefined)?.['type'];
      if (values.kind !== undefined && kind !== values.kind) continue;
      const problems = shapeProblems(object.type, attributes);
      const name = `${object.type}${typeof kind === 'string' ? ` ${kind}` : ''}`;
      const total = totals.get(name) ?? { total: 0, fit: 0 };
      totals.set(name, { total: total.total + 1, fit: total.fit + (problems.length === 0 ? 1 : 0) });
      for (const { path, what } of problems) {
        const place = path.map((part) => (typeof part === 'number' ? '[]' : part)).join('.');
        if (values.under !== undefined && !place.includes(values.under)) continue;
        const key = `${name}  ${place}: ${what}`;
        const value = JSON.stringify(path.reduce<Json | undefined>((at, part) => (at as Readonly<Record<string | number, Json>> | undefined)?.[part], attributes));
        const entry = seen.get(key) ?? { count: 0, example: `${value?.slice(0, 160)}  (${relative(folder, file)}: ${object.id})` };
        seen.set(key, { ...entry, count: entry.count + 1 });
      }
    }
  }
}
for (const [key, { count, example }] of [...seen].sort((a, b) => b[1].count - a[1].count).slice(0, Number(values.top))) process.stdout.write(`${String(count).padStart(5)}  ${key}\n         ${example}\n`);
for (const [name, { total, fit }] of [...totals].sort()) process.stdout.write(`${name.padEnd(34)} ${fit} of ${total} fit\n`);
