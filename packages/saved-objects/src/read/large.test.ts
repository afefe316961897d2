import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const exec = promisify(execFile);

/** Reads an export that is far larger than the memory that it gets, with a bad line in every thousandth place, and says what it counted. */
const PROGRAM = `
import { readSavedObjectStream } from ${JSON.stringify(new URL('readSavedObjects.ts', import.meta.url).href)};
const state = JSON.stringify({ type: 'markdown', params: { markdown: 'x'.repeat(2000) } });
const BYTES = 200 * 2 ** 20;
async function* source() {
  let made = 0;
  for (let at = 0; made < BYTES; at += 1) {
    const line = at % 1000 === 999 ? '{"type": oops\\n' : JSON.stringify({ type: 'visualization', id: 'v' + at, attributes: { title: 'V', visState: state }, references: [] }) + '\\n';
    made += line.length;
    yield Buffer.from(line);
  }
}
let [objects, problems] = [0, 0];
for await (const entry of readSavedObjectStream(source(), { file: 'large.ndjson' })) {
  if ('object' in entry) objects += 1;
  else if (entry.place.line % 1000 === 0) problems += 1;
}
console.log(JSON.stringify({ objects, problems }));
`;

it('200 MB are read in 48 MB of memory, a bad line among good ones by its number', { timeout: 180_000 }, async () => {
  const { stdout } = await exec(process.execPath, ['--max-old-space-size=48', '--conditions=@podscope/source', '--input-type=module', '-e', PROGRAM]);
  const { objects, problems } = JSON.parse(stdout) as { readonly objects: number; readonly problems: number };
  expect(objects).toBeGreaterThan(90_000);
  expect(problems).toBe(Math.floor((objects + problems) / 1000));
});
