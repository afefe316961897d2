import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A package's manifest, as far as the checks read it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
}

/** The folders under `folder` that hold a package, with their manifests. */
export async function packagesIn(folder: string): Promise<readonly { readonly folder: string; readonly manifest: Manifest }[]> {
  const found = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const manifest = JSON.parse(await readFile(join(root, folder, entry.name, 'package.json'), 'utf8')) as Manifest;
    found.push({ folder: `${folder}/${entry.name}`, manifest });
  }
  return found;
}

/** Every file that is in the repository or about to be: what git does not ignore. */
export async function trackedFiles(): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 26 });
  const names = [...new Set(stdout.split('\0').filter((name) => name !== ''))];
  // What was removed and not committed yet is still listed.
  return names.filter((name) => existsSync(join(root, name)));
}

/** Every file under `folder` (relative to the root), without what is built or installed. */
export async function filesUnder(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (['node_modules', 'dist', '.nx', '.git'].includes(entry.name)) continue;
    if (entry.isDirectory()) files.push(...(await filesUnder(path)));
    else files.push(path);
  }
  return files;
}

/** The text of a file of the repository. */
export function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}
