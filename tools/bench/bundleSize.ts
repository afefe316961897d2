import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What a page or a function carries along for one line chart. */
const ONE_LINE_CHART = `
import { date, defineFields } from '@podscope/core';
import { bundle, count, dashboard, dataView, dateHistogram, line, row, toNdjson } from '@podscope/saved-objects';
const web = dataView('apache-*', { fields: defineFields({ '@timestamp': date() }) });
const requests = line('requests', 'Requests', web, { x: dateHistogram('@timestamp'), y: count() });
export const text = toNdjson(bundle(dashboard('web', 'Web', [row(requests)])), { target: 'opensearch-dashboards@2' });
`;

/** Bytes of a bundle. */
export interface SizeFigures {
  readonly minified: number;
  readonly gzip: number;
  /** Bytes by package, before compression. */
  readonly packages: Readonly<Record<string, number>>;
}

/** Bundles one line chart with everything that it needs out of the packages as they are published: tree-shaken and minified. */
export async function measureSize(): Promise<SizeFigures> {
  // Beside the package's own dependencies, so that they are found.
  const parent = join(root, 'packages/saved-objects/node_modules');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, '.size-'));
  try {
    const alias = Object.fromEntries(await Promise.all(['core', 'saved-objects'].map(async (name) => [`@podscope/${name}`, await published(name, join(folder, name))] as const)));
    const { outputFiles, metafile } = await build({
      stdin: { contents: ONE_LINE_CHART, resolveDir: folder, loader: 'ts' },
      alias, bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2023', splitting: true, write: false, metafile: true, outdir: join(folder, 'out'), external: ['os'],
    });
    const [output] = Object.values(metafile.outputs);
    const packages: Record<string, number> = {};
    for (const [file, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
      const name = /\.size-[^/]+\/([^/]+)\//u.exec(file)?.[1] ?? /node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\/(?!.*node_modules)/u.exec(file)?.[1] ?? 'the chart';
      packages[name] = (packages[name] ?? 0) + bytesInOutput;
    }
    const bytes = outputFiles[0]?.contents ?? new Uint8Array();
    return { minified: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, packages };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Builds a package as its `build` script does, elsewhere; gives its entry. */
async function published(name: string, into: string): Promise<string> {
  const cwd = join(root, 'packages', name);
  const { scripts } = JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8')) as { readonly scripts: { readonly build: string } };
  await run(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js'), ...scripts.build.split(' ').slice(1), '--out-dir', into], { cwd });
  await writeFile(join(into, 'package.json'), JSON.stringify({ name: `@podscope/${name}`, type: 'module', sideEffects: false }));
  return join(into, 'index.js');
}
