import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-dead-letters-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it('keeps all letters of an append or none: those that a full disk took half of come again', () => {
  const path = join(directory, 'dead-letters.ndjson');
  const child = `
    import { DeadLetters } from ${JSON.stringify(new URL('deadLetters.ts', import.meta.url).href)};
    const letters = new DeadLetters(${JSON.stringify(path)});
    const letter = (id) => ({ stream: 's', id, status: 400, error: 'e', document: '{"filler":"' + 'x'.repeat(500) + '"}' });
    letters.append([letter('a')]);
    let code = '';
    try { letters.append([letter('b'), letter('c')]); } catch (error) { code = error.code; }
    process.stdout.write(code);
  `;
  // The shell's limit of a file's size is met as the end of a disk is: a part of a write, then errors.
  const code = execFileSync('sh', ['-c', 'ulimit -f 2; exec "$0" --conditions=@podscope/source --input-type=module -e "$1"', process.execPath, child], { encoding: 'utf8' });
  expect(code).toBe('EFBIG');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly id: string });
  expect(lines.map(({ id }) => id)).toEqual(['a']);
});
