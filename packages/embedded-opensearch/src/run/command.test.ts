import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CommandOptions, serverCommand } from './command.ts';
import { defaultSettings, settingsFile, writeConfiguration } from './server-files.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'podscope-home-'));
  for (const path of ['lib/b.jar', 'lib/a.jar', 'lib/notes.txt', 'agent/opensearch-agent-3.8.0.jar', 'agent/opensearch-agent-bootstrap-3.8.0.jar']) {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(join(home, path), '');
  }
});
afterEach(() => rm(home, { recursive: true, force: true }));

const command = (options: Partial<CommandOptions>) =>
  serverCommand({ java: 'java', home, version: '2.19.6', configDir: '/c', tempDir: '/t', heap: '300m', profile: 'fast-start', jvmOptions: [], asRoot: false, ...options });

it('spells the class path out, sorted', async () => {
  const argv = await command({});
  expect(argv[argv.indexOf('-cp') + 1]).toBe(`${home}/lib/a.jar:${home}/lib/b.jar`);
  expect(argv.at(-1)).toBe('org.opensearch.bootstrap.OpenSearch');
  expect(argv).toEqual(expect.arrayContaining(['-Xms300m', '-Xmx300m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Djava.security.manager=allow']));
});

it('runs 3.x under the agent, without the security manager', async () => {
  const argv = await command({ version: '3.8.0' });
  expect(argv).toContain(`-javaagent:${home}/agent/opensearch-agent-3.8.0.jar`);
  expect(argv).not.toContain('-Djava.security.manager=allow');
});

it('calls Elasticsearch by its own names, under the security manager', async () => {
  const argv = await command({ version: '7.10.2' });
  expect(argv.at(-1)).toBe('org.elasticsearch.bootstrap.Elasticsearch');
  expect(argv).toEqual(expect.arrayContaining(['-Des.path.conf=/c', `-Des.path.home=${home}`, '-Des.distribution.flavor=oss', '-Djava.security.manager=allow']));
  expect(argv.join(' ')).not.toContain('-Dopensearch.');
  expect(argv.some((option) => option.startsWith('-javaagent:'))).toBe(false);
});

it('hides root from the server only when it is root', async () => {
  expect(await command({ asRoot: true })).toContain('-Djna.noclasspath=true');
  expect(await command({})).not.toContain('-Djna.noclasspath=true');
});

it('lets the caller choose another collector, and the compiler by the profile', async () => {
  const argv = await command({ jvmOptions: ['-XX:+UseG1GC'], profile: 'throughput' });
  expect(argv.filter((option) => option.endsWith('GC'))).toEqual(['-XX:+UseG1GC']);
  expect(argv).not.toContain('-XX:TieredStopAtLevel=1');
});

it('reads a class archive, or writes it', async () => {
  expect(await command({ classArchive: { path: '/a', write: false } })).toContain('-XX:SharedArchiveFile=/a');
  expect(await command({ classArchive: { path: '/a', write: true } })).toContain('-XX:ArchiveClassesAtExit=/a');
});

it('listens on the loopback address only, and turns a security plugin off where there is one', async () => {
  const place = { home, dataDir: '/d "x"', logsDir: '/l', port: 1, transportPort: 2 };
  const settings = defaultSettings(place);
  expect(settings['network.host']).toBe('127.0.0.1');
  expect(settings).not.toHaveProperty('plugins.security.disabled');
  await mkdir(join(home, 'plugins/opensearch-security'), { recursive: true });
  expect(defaultSettings(place)['plugins.security.disabled']).toBe(true);
  expect(settingsFile(settings)).toContain('path.data: "/d \\"x\\""\n');
});

it('writes a configuration that its owner only may read, under the server’s own name', async () => {
  const directory = join(home, 'config');
  await writeConfiguration(directory, '7.10.2', { 'node.name': 'x' });
  expect((await readdir(directory)).sort()).toEqual(['elasticsearch.yml', 'log4j2.properties']);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(directory)) expect((await stat(join(directory, name))).mode & 0o777, name).toBe(0o600);
});
