import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';

/** What a bundler leaves of a program, when it may rely on nothing but what the code itself says. */
async function bundled(program: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'podscope-bundle-'));
  try {
    const entry = join(root, 'main.js');
    await writeFile(entry, program);
    const result = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      resolve: { alias: { '@podscope/core/ecs': fileURLToPath(new URL('../../packages/core/src/ecs.ts', import.meta.url)) } },
      build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'out' }, rolldownOptions: { treeshake: { moduleSideEffects: true } } },
    });
    return (result as Rollup.RolldownOutput[]).flatMap(({ output }) => output.map((each) => ('code' in each ? each.code : ''))).join('');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

describe('a bundle of one set of fields', { timeout: 60_000 }, () => {
  it('has none of the others', async () => {
    const code = await bundled(`import { http } from '@podscope/core/ecs'; console.log(http);`);
    expect(code).toContain('http.request.method');
    expect(code).not.toContain('url.domain');
    expect(code).not.toContain('threat.');
    expect(code).not.toContain('knn_vector');
  });

  it('is found through the namespace too', async () => {
    const code = await bundled(`import * as ecs from '@podscope/core/ecs'; console.log(ecs.url, ecs.package);`);
    expect(code).toContain('url.path');
    expect(code).toContain('package.version');
    expect(code).not.toContain('http.request.method');
  });
});
