import { open, readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Input } from './roundTrip.ts';

const NAMED = new Set(['.json', '.ndjson', '.jsonl']);
const LARGEST = 256 * 1024 * 1024;

/** Every file below a folder that may hold saved objects: JSON by its name, or by its first character. */
export async function readSources(folder: string): Promise<readonly Input[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((path) => !/(?:^|[\\/])(?:\.git|node_modules)[\\/]/u.test(path)).sort();
  const inputs: Input[] = [];
  for (const path of paths) {
    if ((await stat(path)).size > LARGEST || !(NAMED.has(extname(path).toLowerCase()) || (await beginsLikeJson(path)))) continue;
    inputs.push({ file: relative(folder, path).replaceAll(sep, '/'), text: await readFile(path, 'utf8') });
  }
  return inputs;
}

async function beginsLikeJson(path: string): Promise<boolean> {
  await using handle = await open(path);
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(64), length: 64 });
  return /^\uFEFF?\s*[[{]/u.test(buffer.subarray(0, bytesRead).toString('utf8'));
}
