import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StartedOpenSearch } from '../run/run.ts';
import { distinguishedNames, makeCertificates, type Certificates } from './certificates.ts';
import { securitySettings, writeSecurityFiles } from './configuration.ts';
import { requireDistinctUsers } from './options.ts';
import { hashPassword, randomPassword } from './password.ts';
import { prepareSecurity } from './prepare.ts';
import { secured } from './secured.ts';

let directory: string;
let certificates: Certificates;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-security-'));
  certificates = await makeCertificates();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('hashes as the plugin’s library does', async () => {
  // What Password4j itself makes of it.
  expect(await hashPassword('password', { salt: Buffer.from('abc'), iterations: 10_000 })).toBe('$3$42949672960256$YWJj$/WTQfTTc8Hg8GlplP0LthpgdElUG+I3MyuvK8MI4MnQ=');
});

it('takes a new salt each time, and at least 600,000 rounds', async () => {
  const [one, two] = await Promise.all([hashPassword('x'), hashPassword('x')]);
  expect(one).not.toBe(two);
  expect(BigInt(one.split('$')[2] ?? 0) >> 32n).toBeGreaterThanOrEqual(600_000n);
  expect(randomPassword()).not.toBe(randomPassword());
});

it('signs the server’s certificate, for the loopback address, and its own by one authority', () => {
  const ca = new X509Certificate(certificates.ca);
  const [node, admin] = [new X509Certificate(certificates.node.cert), new X509Certificate(certificates.admin.cert)];
  expect(ca.ca).toBe(true);
  for (const each of [node, admin]) {
    expect(each.ca).toBe(false);
    expect(each.verify(ca.publicKey)).toBe(true);
    expect(each.checkIssued(ca)).toBe(true);
  }
  expect(node.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(node.checkHost('example.com')).toBeUndefined();
  // Java names the last part first.
  const named = (certificate: X509Certificate): string => certificate.subject.split('\n').reverse().join(',');
  expect({ node: named(node), admin: named(admin) }).toEqual(distinguishedNames);
  expect(Date.parse(node.validFrom)).toBeLessThan(Date.now());
});

it('makes another authority for each start', async () => {
  const other = await makeCertificates();
  expect(new X509Certificate(certificates.node.cert).verify(new X509Certificate(other.ca).publicKey)).toBe(false);
});

it('writes files that their owner only may read, without a password, a hash or the authority’s key', async () => {
  const configDir = join(directory, 'config');
  await writeSecurityFiles(configDir, certificates);
  const names = (await readdir(configDir, { recursive: true })).sort();
  expect(names).toContain('node-key.pem');
  let keys = 0;
  for (const name of names) {
    const path = join(configDir, name);
    const { mode } = await stat(path);
    expect(mode & 0o077, name).toBe(0);
    if (name === 'opensearch-security') continue;
    const text = await readFile(path, 'utf8');
    if (text.includes('PRIVATE KEY')) keys++;
    expect(text, name).not.toMatch(/\$\d\$/);
  }
  expect(keys).toBe(1);
  expect(JSON.stringify(securitySettings)).not.toMatch(/PRIVATE|BEGIN/);
});

it.each([
  [[{ name: 'admin', roles: [] }], 'twice'],
  [[{ name: 'a', roles: [] }, { name: 'a', roles: [] }], 'twice'],
  [[{ name: '', roles: [] }], 'as a user'],
])('refuses users that can’t be told apart', (users, said) => {
  expect(() => requireDistinctUsers({ users })).toThrow(expect.objectContaining({ code: 'OPENSEARCH_SECURITY_REFUSED', message: expect.stringContaining(said) }));
});

it('refuses a server without the plugin', async () => {
  await expect(prepareSecurity({}, { home: directory, version: '2.19.6' })).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SECURITY_PLUGIN', message: expect.stringContaining('2.19.6') });
});

it('gives passwords when asked for them, and never in a printed handle', () => {
  const server = { url: 'https://127.0.0.1:1' } as StartedOpenSearch;
  const handle = secured(server, { certificates, passwords: new Map([['admin', 's3cret-a'], ['reader', 's3cret-r']]), roles: {}, users: {} });
  expect(handle.clientOptions()).toEqual({ node: server.url, auth: { username: 'admin', password: 's3cret-a' }, ssl: { ca: certificates.ca } });
  expect(handle.clientOptions('reader').auth.password).toBe('s3cret-r');
  expect(inspect(handle, { depth: Infinity, showHidden: true }) + JSON.stringify(handle)).not.toContain('s3cret');
  expect(() => handle.clientOptions('nobody')).toThrow(/"nobody" is not among the users/);
});
