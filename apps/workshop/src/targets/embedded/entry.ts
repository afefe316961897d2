import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The programs that run as processes of their own. */
export type EntryName = 'supervisor' | 'session' | 'web' | 'visitors' | 'collector';

/** True when this runs from the repository's TypeScript, false in the published bundle. */
export const fromSource = import.meta.filename.endsWith('.ts');

const SOURCES: Readonly<Record<EntryName, string>> = {
  supervisor: 'apps/workshop/src/targets/embedded/supervisor/main.ts',
  session: 'apps/workshop/src/targets/kubernetes/session/main.ts',
  collector: 'apps/workshop/src/targets/embedded/collector/main.ts',
  web: 'apps/guestbook/src/web/main.ts',
  visitors: 'apps/guestbook/src/visitors/main.ts',
};

/** Heap limits in MB: what each process keeps alive is small, and without a limit Node lets garbage pile up. */
const HEAP: Readonly<Record<EntryName, number>> = { supervisor: 160, session: 256, web: 96, visitors: 64, collector: 128 };

/** The directory of `@podscope/workshop`'s own package.json. */
export function packageRoot(): string {
  for (let directory = import.meta.dirname; directory !== dirname(directory); directory = dirname(directory)) {
    const manifest = join(directory, 'package.json');
    if (existsSync(manifest) && readManifest(manifest).name === '@podscope/workshop') return directory;
  }
  throw new TypeError('@podscope/workshop has lost its package.json.');
}

function readManifest(path: string): { readonly name?: string; readonly version?: string } {
  return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
}

/** This package's version, as its package.json says. */
export function packageVersion(): string {
  return readManifest(join(packageRoot(), 'package.json')).version ?? '0.0.0';
}

/** The file to fork for a program: TypeScript in the repository, the bundle's file once published. */
export function entry(name: EntryName): string {
  return fromSource ? join(packageRoot(), '..', '..', SOURCES[name]) : join(packageRoot(), 'dist', `${name}.js`);
}

/** The directory of the console's built page: its own `dist` in the repository, `dist/console` once published. */
export function consoleAssets(): string {
  return fromSource ? join(packageRoot(), '..', 'console', 'dist') : join(packageRoot(), 'dist', 'console');
}

/** Node's flags for a program: small heaps, and the repository's sources where those run. */
export function nodeFlags(name: EntryName): readonly string[] {
  return [
    ...(fromSource ? ['--conditions=@podscope/source'] : []),
    '--max-semi-space-size=2',
    `--max-old-space-size=${HEAP[name]}`,
    '--disable-warning=ExperimentalWarning',
  ];
}
