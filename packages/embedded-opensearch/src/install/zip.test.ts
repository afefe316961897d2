import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { descriptorFor, unpackSecurityPlugin } from './security-plugin.ts';
import { zipEntries } from './zip.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-zip-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const DEFLATED = 8;

/** An archive as PKWARE's note describes it; the local headers have an extra field that the directory has not. */
async function archive(files: Readonly<Record<string, string>>, method = DEFLATED): Promise<string> {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = method === DEFLATED ? deflateRawSync(text) : Buffer.from(text);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(text), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(text.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    sizes.copy(local, 14);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    sizes.copy(entry, 16);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    const all = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), packed]);
    locals.push(all);
    central.push(entry, Buffer.from(name));
    offset += all.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  const path = join(directory, 'a.zip');
  await writeFile(path, Buffer.concat([...locals, ...central, end]));
  return path;
}

it.each([0, DEFLATED])('reads what is packed by method %i', async (method) => {
  const entries = await zipEntries(await archive({ 'a/b.txt': 'one '.repeat(50), 'c.txt': '' }, method));
  expect(entries.map((entry) => [entry.name, entry.read().toString()])).toEqual([['a/b.txt', 'one '.repeat(50)], ['c.txt', '']]);
});

it('refuses other files, and other methods', async () => {
  const path = join(directory, 'no.zip');
  await writeFile(path, 'no archive at all, though long enough');
  await expect(zipEntries(path)).rejects.toThrow(/not a zip archive/);
  const [entry] = await zipEntries(await archive({ 'x.jar': 'x' }, 12));
  expect(() => entry?.read()).toThrow(/x\.jar in .* is packed by method 12/);
});

it('unpacks of the security plugin what the server loads, and nothing outside its directory', async () => {
  const path = await archive({
    'opensearch-security-1.jar': 'jar', 'plugin-security.policy': 'grant', 'plugin-descriptor.properties': 'name=x\nextended.plugins=a,b\n',
    '../evil.jar': 'evil', 'tools/hash.sh': 'sh', 'config/internal_users.yml': 'admin', '/etc/evil.jar': 'evil',
  });
  const target = join(directory, 'plugins/opensearch-security');
  await unpackSecurityPlugin(path, target, ['b']);
  expect((await readdir(target)).sort()).toEqual(['opensearch-security-1.jar', 'plugin-descriptor.properties', 'plugin-security.policy']);
  expect(await readdir(join(directory, 'plugins'))).toEqual(['opensearch-security']);
  expect(await readFile(join(target, 'plugin-descriptor.properties'), 'utf8')).toBe('name=x\nextended.plugins=b\n');
});

it('names in the descriptor only what is there', () => {
  const text = 'name=s\nextended.plugins=workload-management;optional=true,rule-framework\nversion=1';
  expect(descriptorFor(text, [])).toBe('name=s\nextended.plugins=\nversion=1');
  expect(descriptorFor(text, ['workload-management', 'rule-framework'])).toBe(text);
});
