import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, Header } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../progress.ts';
import type { Tarball } from '../releases.ts';
import { installDirectory } from '../locate/locate.ts';
import { installOpenSearch } from './install.ts';
import { extractTarball, refusalOf } from './tarball.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-tarball-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** An archive of one made entry, as no honest tool writes it. */
async function archiveOf(entry: { path: string; type?: 'File' | 'SymbolicLink'; linkpath?: string }): Promise<string> {
  const body = Buffer.from('evil');
  const header = new Header({ mode: 0o644, size: entry.type === 'SymbolicLink' ? 0 : body.length, type: 'File', mtime: new Date(0), ...entry });
  const block = Buffer.alloc(512);
  header.encode(block);
  const padded = Buffer.alloc(512);
  if (entry.type !== 'SymbolicLink') body.copy(padded);
  const path = join(directory, 'evil.tar');
  await writeFile(path, Buffer.concat([block, ...(entry.type === 'SymbolicLink' ? [] : [padded]), Buffer.alloc(1024)]));
  return path;
}

/** A small archive laid out like the official one. */
async function honestArchive(version: string): Promise<Buffer> {
  const top = join(directory, `opensearch-${version}`);
  await mkdir(join(top, 'lib'), { recursive: true });
  await mkdir(join(top, 'jdk/bin'), { recursive: true });
  await writeFile(join(top, `lib/opensearch-${version}.jar`), 'jar');
  await writeFile(join(top, 'jdk/bin/java'), 'java', { mode: 0o755 });
  await symlink('../lib', join(top, 'jdk/lib'));
  const path = join(directory, 'honest.tar.gz');
  await create({ file: path, gzip: true, cwd: directory }, [`opensearch-${version}`]);
  return readFile(path);
}

describe('extractTarball', () => {
  it.each([
    { path: '../outside' },
    { path: 'top/../../outside' },
    { path: '/tmp/podscope-outside' },
    { path: 'top/link', type: 'SymbolicLink' as const, linkpath: '/etc' },
    { path: 'top/link', type: 'SymbolicLink' as const, linkpath: '../..' },
    { path: 'top/link', type: 'SymbolicLink' as const, linkpath: '../neighbour' },
  ])('refuses $path → $linkpath', async (entry) => {
    const target = join(directory, 'a/b');
    await expect(extractTarball(await archiveOf(entry), target)).rejects.toMatchObject({ code: 'OPENSEARCH_CORRUPT_DOWNLOAD' });
    expect(existsSync(join(directory, 'outside'))).toBe(false);
    expect(existsSync(join(directory, 'a/outside'))).toBe(false);
    expect(existsSync('/tmp/podscope-outside')).toBe(false);
    expect(existsSync(target)).toBe(false);
  });

  it('refuses hard links and what is cut off', async () => {
    expect(refusalOf({ path: 'top/a', type: 'Link', linkpath: 'top/b' })).toMatch(/Link/);
    expect(refusalOf({ path: 'top/a', type: 'CharacterDevice' })).toMatch(/CharacterDevice/);
    const whole = await honestArchive('2.19.6');
    await writeFile(join(directory, 'cut.tar.gz'), whole.subarray(0, whole.length - 40));
    await expect(extractTarball(join(directory, 'cut.tar.gz'), join(directory, 'cut'))).rejects.toMatchObject({ code: 'OPENSEARCH_CORRUPT_DOWNLOAD' });
    expect(existsSync(join(directory, 'cut'))).toBe(false);
  });

  it('refuses a hard link in a real archive', async () => {
    await mkdir(join(directory, 'top'));
    await writeFile(join(directory, 'top/a'), 'a');
    await link(join(directory, 'top/a'), join(directory, 'top/b'));
    // At once: with links, tar's asynchronous way of packing may write after its own end.
    create({ file: join(directory, 'hard.tar'), cwd: directory, sync: true }, ['top']);
    await expect(extractTarball(join(directory, 'hard.tar'), join(directory, 'hard'))).rejects.toThrow(/is a Link/);
  });
});

describe('installing an archive', () => {
  let server: Server;
  /** What is answered, in turn: a body, a status, or a body that breaks off in the middle. */
  let bodies: (Buffer | number | { readonly cut: Buffer })[];
  let asked: string[];
  let url: string;
  beforeEach(async () => {
    bodies = [];
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const body = bodies.shift() ?? 404;
      if (typeof body === 'number') response.writeHead(body).end();
      else if ('cut' in body) response.writeHead(200, { 'content-length': body.cut.length }).write(body.cut.subarray(0, body.cut.length / 2), () => response.destroy());
      else response.writeHead(200, { 'content-length': body.length }).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/server.tar.gz`;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  const events: ProgressEvent[] = [];
  const install = (sha512: string, address = url) => {
    events.length = 0;
    const tarball: Tarball = { url: address, sha512 };
    return installOpenSearch({
      version: '2.19.6',
      cacheDir: join(directory, 'cache'),
      sources: ['tarball', 'maven'],
      mavenCommand: join(directory, 'no-mvn'),
      tarballs: { [process.arch]: tarball },
      onProgress: (event) => events.push(event),
    });
  };
  const hashOf = (body: Buffer): string => createHash('sha512').update(body).digest('hex');
  const leftovers = () => existsSync(installDirectory(join(directory, 'cache'), '2.19.6'));

  it('unpacks what has the pinned SHA-512', async () => {
    const body = await honestArchive('2.19.6');
    bodies = [body];
    const installed = await install(hashOf(body));
    expect(installed).toMatchObject({ version: '2.19.6', source: 'cache' });
    expect(await readFile(join(installed.home, 'jdk/bin/java'), 'utf8')).toBe('java');
    expect(events.filter((event) => event.type === 'source')).toEqual([
      { type: 'source', source: 'tarball', state: 'trying' },
      { type: 'source', source: 'tarball', state: 'used' },
    ]);
  });

  it('fetches a damaged one again, from its start', async () => {
    const body = await honestArchive('2.19.6');
    bodies = [Buffer.concat([body, Buffer.from('x')]), body];
    await install(hashOf(body));
    expect(asked).toHaveLength(2);
  });

  it('fetches one that broke off again, from its start', async () => {
    const body = await honestArchive('2.19.6');
    bodies = [{ cut: body }, body];
    const installed = await install(hashOf(body));
    expect(await readFile(join(installed.home, 'jdk/bin/java'), 'utf8')).toBe('java');
    expect(asked).toHaveLength(2);
  });

  it('goes on to Maven when it breaks off again, and keeps nothing of it', async () => {
    const body = await honestArchive('2.19.6');
    bodies = [{ cut: body }, { cut: body }];
    await expect(install(hashOf(body))).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SOURCE', details: [expect.stringMatching(/^tarball: .*broke off after \d+ bytes/), expect.stringMatching(/^maven/)] });
    expect(asked).toHaveLength(2);
    expect((await readdir(join(directory, 'cache'))).sort()).toEqual(['locks', 'servers']);
  });

  it('removes what a killed install left half-made', async () => {
    const left = join(directory, 'cache/installing-2.19.6-abcdef');
    await mkdir(left, { recursive: true });
    await writeFile(join(left, 'server.tar.gz'), 'half');
    const other = join(directory, 'cache/installing-3.8.0-abcdef');
    await mkdir(other);
    const body = await honestArchive('2.19.6');
    bodies = [body];
    await install(hashOf(body));
    expect(existsSync(left)).toBe(false);
    expect(existsSync(other)).toBe(true);
  });

  it('refuses a verified archive that would write outside, and keeps nothing of it', async () => {
    const body = await readFile(await archiveOf({ path: 'top/../../outside' }));
    bodies = [body];
    await expect(install(hashOf(body))).rejects.toMatchObject({ code: 'OPENSEARCH_CORRUPT_DOWNLOAD' });
    expect(leftovers()).toBe(false);
    expect((await readdir(join(directory, 'cache'))).sort()).toEqual(['locks', 'servers']);
  });

  it('ends when it stays damaged, keeps nothing and tries nothing else', async () => {
    const body = await honestArchive('2.19.6');
    bodies = [body, body];
    await expect(install('0'.repeat(128))).rejects.toMatchObject({ code: 'OPENSEARCH_CORRUPT_DOWNLOAD', details: [expect.any(String), `received ${hashOf(body)}`] });
    expect(leftovers()).toBe(false);
    expect(events.some((event) => event.type === 'source' && event.source === 'maven')).toBe(false);
  });

  it('compares with the published hash where none is pinned', async () => {
    const body = await honestArchive('2.19.6');
    bodies = [Buffer.from(`${hashOf(body)}  server.tar.gz\n`), body];
    await install('published');
    expect(asked).toEqual(['/server.tar.gz.sha512', '/server.tar.gz']);
  });

  it('goes on to Maven when the archive can’t be had, and names all four ways in the end', async () => {
    bodies = [503];
    const error = await install('0'.repeat(128)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'OPENSEARCH_NO_SOURCE', details: [expect.stringContaining('503'), expect.stringMatching(/^maven: .*not installed/)] });
    expect(error).toHaveProperty('hint', expect.stringMatching(/OPENSEARCH_HOME.*cache.*archive.*Maven/));
    expect(events.flatMap((event) => (event.type === 'source' ? [`${event.source} ${event.state}`] : []))).toEqual([
      'tarball trying', 'tarball passed-over', 'maven trying', 'maven passed-over',
    ]);
    expect(leftovers()).toBe(false);
  });

  it('refuses an archive of another version', async () => {
    const body = await honestArchive('1.3.0');
    bodies = [body];
    await expect(install(hashOf(body))).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SOURCE' });
  });
});
