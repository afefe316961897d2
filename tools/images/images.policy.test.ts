import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** What `npm run images` runs. */
async function command(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  try {
    const { stdout } = await run(process.execPath, ['--conditions=@podscope/source', join(root, 'tools/images/main.ts'), ...args], { cwd: root });
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: `${stdout}${stderr}` };
  }
}

it('says which images are past their end of life on a day', async () => {
  const { past, images } = JSON.parse((await command('--json', '--date', '2026-11-30')).out) as { past: string[]; images: { name: string; endOfLife?: string }[] };
  expect(images.find(({ name }) => name === 'fluent-bit@5.0')?.endOfLife).toBe('2026-11-30');
  expect(past).toContain('fluent-bit@4.2');
  expect(past).not.toContain('fluent-bit@5.0');
  expect((await command('--date', '2026-12-01')).out).toContain('PAST  docker.io/fluent/fluent-bit:5.0');
});

it('fails where that is asked for', async () => {
  expect(await command('--strict', '--date', '2026-11-30')).toMatchObject({ code: 1 });
  expect(await command('--strict', '--date', '2020-01-01')).toMatchObject({ code: 0, out: expect.stringContaining('0 of ') });
  expect(await command('--date', 'soon')).toMatchObject({ code: 2 });
});

it('finds image names in one file only', async () => {
  const images = /\b(docker\.io|docker\.elastic\.co|registry\.k8s\.io|ghcr\.io|[a-z-]+docker\.pkg\.dev)\//;
  const found: string[] = [];
  for (const file of globSync(['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'], { cwd: root })) {
    if (!file.endsWith('.test.ts') && !file.includes('/testing/') && images.test(await readFile(join(root, file), 'utf8'))) found.push(file);
  }
  expect(found).toEqual([]);
});
