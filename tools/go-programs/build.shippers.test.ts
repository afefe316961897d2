import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGoProgram, type GoProgram } from './build.ts';
import { progressLines, type GoProgress } from './progress.ts';

const exec = promisify(execFile);
let folder: string;
let program: GoProgram;
let cacheDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-go-'));
  await cp(join(dirname(fileURLToPath(import.meta.url)), 'fixtures/hello'), join(folder, 'hello'), { recursive: true });
  cacheDir = join(folder, 'cache');
  program = { name: 'hello', version: '1.2.3', moduleFolder: join(folder, 'hello'), package: '.', ldflags: ['-X', 'main.version=1.2.3'] };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const builds = async () => (await readdir(cacheDir)).filter((name) => name !== 'locks');

describe('a program of Go modules', () => {
  it('is built once, with its version, and found again', async () => {
    const events: GoProgress[] = [];
    const first = await buildGoProgram(program, { cacheDir, onProgress: (event) => events.push(event) });
    expect((await exec(first)).stdout).toBe('hello 1.2.3\n');
    expect(events.at(-1)).toMatchObject({ type: 'built', program: 'hello' });
    const second = await buildGoProgram(program, { cacheDir, onProgress: () => expect.unreachable('it is there') });
    expect(second).toBe(first);
  });

  it('is built by one of many who want it at once', async () => {
    const events: GoProgress[] = [];
    const paths = await Promise.all([1, 2, 3].map(() => buildGoProgram(program, { cacheDir, onProgress: (event) => events.push(event) })));
    expect(new Set(paths).size).toBe(1);
    expect(events.filter(({ type }) => type === 'built')).toHaveLength(1);
    expect(await builds()).toHaveLength(1);
  });

  it('is built anew when its recipe changes, and what a killed build left is removed', async () => {
    const first = await buildGoProgram(program, { cacheDir });
    await writeFile(join(program.moduleFolder, 'main.go'), 'package main\n\nfunc main() { println("other") }\n');
    const second = await buildGoProgram(program, { cacheDir });
    expect(second).not.toBe(first);
    expect((await exec(second)).stderr).toBe('other\n');
    const name = dirname(second).slice(cacheDir.length + 1);
    await rm(dirname(second), { recursive: true });
    await mkdir(join(cacheDir, `building-${name}-killed`));
    await buildGoProgram(program, { cacheDir });
    expect((await builds()).filter((each) => each.startsWith('building-'))).toEqual([]);
  });

  it('says what the compiler said when it does not compile, and leaves nothing', async () => {
    await writeFile(join(program.moduleFolder, 'main.go'), 'package main\n\nfunc main() { undefined() }\n');
    await expect(buildGoProgram(program, { cacheDir })).rejects.toMatchObject({ code: 'GO_BUILD_FAILED', details: expect.arrayContaining([expect.stringContaining('undefined: undefined')]) });
    expect(await builds()).toEqual([]);
  });

  it('refuses a module that go.sum has no checksum for, instead of taking what comes', async () => {
    await writeFile(join(program.moduleFolder, 'go.mod'), 'module podscope.test/hello\n\ngo 1.24.0\n\nrequire golang.org/x/text v0.3.0\n');
    await writeFile(join(program.moduleFolder, 'main.go'), 'package main\n\nimport _ "golang.org/x/text"\n\nfunc main() {}\n');
    await expect(buildGoProgram(program, { cacheDir })).rejects.toMatchObject({ code: 'GO_BUILD_FAILED', details: expect.arrayContaining([expect.stringContaining('go.sum')]) });
  });

  it('needs go.mod and go.sum, and ends when it is told to', async () => {
    await expect(buildGoProgram(program, { cacheDir, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await rm(join(program.moduleFolder, 'go.sum'));
    await expect(buildGoProgram(program, { cacheDir })).rejects.toMatchObject({ code: 'GO_BUILD_FAILED', message: expect.stringContaining('go.sum') });
  });
});

it('tells its progress in few lines', () => {
  const lines: string[] = [];
  const tell = progressLines((line) => lines.push(line));
  for (let done = 1; done <= 500; done++) tell({ type: 'compiling', program: 'hello', done, total: 500 });
  tell({ type: 'built', program: 'hello', seconds: 9 });
  expect(lines).toEqual(['hello: compiling, 1 of at most 500 packages', 'hello: built in 9 s']);
});
