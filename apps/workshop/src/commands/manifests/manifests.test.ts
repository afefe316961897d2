import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const ENDPOINT = ['--endpoint', 'https://opensearch.example.com:9200'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podscope-manifests-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const manifests = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@podscope/source', join(import.meta.dirname, '..', '..', 'main.ts'), 'manifests', ...args],
      { env: { ...process.env, PODSCOPE_RUN_DIR: folder, NO_COLOR: '1' }, maxBuffer: 64 * 1024 ** 2 },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

const json = async <Document>(...args: readonly string[]): Promise<{ readonly code: number; readonly document: Document }> => {
  const { code, stdout } = await manifests(...args, '--json');
  return { code, document: JSON.parse(stdout) as Document };
};

it('synthesizes both pipelines, says of a second run that nothing differs, and of another pattern what would', { timeout: 120_000 }, async () => {
  const deploy = join(folder, 'deploy');
  const first = await json<{ folder: string; components: { name: string; file: string; objects: number }[]; written: string[]; unchanged: string[]; removed: string[] }>('synth', ...ENDPOINT, '--out', deploy);
  expect(first).toMatchObject({ code: 0, document: { folder: deploy, unchanged: [], removed: [] } });
  expect(first.document.components.map(({ name }) => name)).toEqual(['namespaces', 'logstash', 'fluentd', 'fluent-bit-redis', 'kube-state-metrics', 'metricbeat-state', 'fluent-bit-events', 'filebeat', 'fluent-bit', 'metricbeat', 'guestbook']);
  expect(first.document.components.every(({ objects }) => objects > 0)).toBe(true);
  const bytes = readdirSync(deploy).map((name) => readFileSync(join(deploy, name), 'utf8'));
  const again = await json<{ written: string[]; unchanged: string[] }>('synth', ...ENDPOINT, '--out', deploy);
  expect(again.document).toMatchObject({ written: [] });
  expect(readdirSync(deploy).map((name) => readFileSync(join(deploy, name), 'utf8'))).toEqual(bytes);
  expect(await json('diff', deploy, ...ENDPOINT)).toMatchObject({ code: 0, document: { folder: deploy, differences: [] } });
  const other = await json<{ differences: { file: string; change: string; objects: { object: string; change: string }[] }[] }>('diff', deploy, ...ENDPOINT, '--pattern', 'direct');
  expect(other.code).toBe(2);
  expect(other.document.differences.find(({ file }) => file === '10-logstash.yaml')).toMatchObject({ change: 'removed' });
  expect(other.document.differences.find(({ file }) => file === '10-guestbook.yaml')?.objects).toContainEqual(expect.objectContaining({ object: 'NetworkPolicy guestbook/shippers-out', change: 'changed' }));
  const text = await manifests('diff', deploy, ...ENDPOINT, '--guestbook', 'none');
  expect(text).toMatchObject({ code: 2, stdout: expect.stringContaining('removed 10-guestbook.yaml') });
  // Without pods there is nothing for a sidecar to go into.
  expect(text.stdout).toContain('removed 10-fluent-bit-redis.yaml');
  expect(text.stdout).toContain('removed Namespace guestbook');
});

it('gives who signs requests a role, and who writes the authority of the endpoint', { timeout: 90_000 }, async () => {
  const role = 'arn:aws:iam::123456789012:role/shipper';
  const objects = async (...args: readonly string[]) => (await json<{ components: { objects: { kind: string; metadata: { name: string; namespace?: string; annotations?: Record<string, string> } }[] }[] }>('synth', ...ENDPOINT, '--stdout', ...args)).document.components.flatMap((component) => component.objects);
  const withRole = (all: Awaited<ReturnType<typeof objects>>): readonly string[] => all.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.annotations?.['eks.amazonaws.com/role-arn'] === role).map(({ metadata: { namespace, name } }) => `${namespace}/${name}`).toSorted();
  const aws = ['--engine', 'amazon-opensearch-service', '--aws-region', 'eu-central-1', '--aws-role', role];
  expect(withRole(await objects(...aws))).toEqual(['logging/fluentd', 'logging/logstash']);
  const direct = await objects(...aws, '--pattern', 'direct');
  expect(withRole(direct)).toEqual(['guestbook/redis', 'logging/fluent-bit-events', 'node-agents/fluent-bit']);
  expect(direct.filter((object) => JSON.stringify(object).includes('"serviceAccountName":"redis"')).map(({ metadata }) => metadata.name).toSorted()).toEqual(['redis-primary', 'redis-replica']);
  const trusting = (await objects('--ca-secret', 'search-ca')).filter((object) => JSON.stringify(object).includes('"secretName":"search-ca"')).map(({ metadata }) => metadata.name);
  expect(trusting.toSorted()).toEqual(['fluentd', 'logstash']);
  expect(await manifests('synth', ...ENDPOINT, '--stdout', '--aws-role', role)).toMatchObject({ code: 1, stderr: expect.stringContaining('--aws-region') });
});

it('prints one stream that kubectl takes, with the names and versions asked for', { timeout: 90_000 }, async () => {
  const { code, stdout } = await manifests('synth', ...ENDPOINT, '--stdout', '--pattern', 'ant332', '--auth-secret', 'opensearch', '--namespace', 'observing', '--agents-namespace', 'nodes', '--guestbook-namespace', 'shop', '--guestbook-image', 'registry.example.com/guestbook:7', '--image-mirror', 'mirror.example.com', '--kubernetes-version', '1.28');
  expect(code).toBe(0);
  expect(stdout).toContain('registry.example.com/guestbook:7');
  expect(stdout.match(/^ {2}namespace: (\S+)$/gm)?.map((line) => line.trim().split(' ')[1])).toEqual(expect.arrayContaining(['observing', 'nodes', 'shop']));
  expect([...new Set(stdout.match(/^\s+(?:- )?image: (\S+)$/gm)?.map((line) => /image: ([^/]+)/.exec(line)?.[1]))].toSorted()).toEqual(['mirror.example.com', 'registry.example.com']);
  // The web server writes a file for the sidecar beside it.
  expect(stdout).toContain('--log-file');
  expect(stdout).toContain('name: OPENSEARCH_PASSWORD');
  expect(stdout).not.toContain('restartPolicy: Always');
});

it.each([
  { args: ['synth', '--out', 'x'], code: 1, says: /--endpoint/ },
  { args: ['synth', ...ENDPOINT], code: 1, says: /--out/ },
  { args: ['synth', ...ENDPOINT, '--out', 'x', '--stdout'], code: 1, says: /one place/ },
  { args: ['synth', '--endpoint', 'nonsense', '--stdout'], code: 1, says: /SHIPPER_BAD_VALUE/ },
  { args: ['synth', '--endpoint', 'https://me:hunter2@search:9200', '--stdout'], code: 1, says: /SHIPPER_SECRET_IN_PLAIN_TEXT/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--pattern', 'fast'], code: 1, says: /ant332/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--engine', 'elasticsearch@7.10'], code: 1, says: /SHIPPER_INCOMPATIBLE/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--engine', 'opensearch-serverless'], code: 1, says: /--aws-region/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--firehose', 'logs'], code: 1, says: /--aws-region/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--auth-secret', 'a', '--aws-region', 'eu-central-1', '--engine', 'amazon-opensearch-service'], code: 1, says: /not both/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--aws-region', 'eu-central-1'], code: 1, says: /--engine amazon-opensearch-service/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--aws-region', 'here and there', '--engine', 'amazon-opensearch-service'], code: 1, says: /SHIPPER_BAD_VALUE.*eu-central-1/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--agents-namespace', 'logging'], code: 1, says: /SHIPPER_BAD_VALUE.*agents/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--guestbook-namespace', 'logging'], code: 1, says: /--guestbook-namespace/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--guestbook-image', 'Not/An Image'], code: 1, says: /SHIPPER_BAD_VALUE/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--namespace', 'No_Good'], code: 1, says: /SHIPPER_BAD_NAME/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--guestbook-namespace', 'No_Good'], code: 1, says: /SHIPPER_BAD_NAME/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--kubernetes-version', 'new'], code: 1, says: /1\.33/ },
  { args: ['synth', ...ENDPOINT, '--stdout', '--auth-secret', 'Not A Name'], code: 1, says: /SHIPPER_BAD/ },
  { args: ['diff', 'x'], code: 1, says: /--endpoint/ },
  { args: ['lint', '/nowhere.conf'], code: 1, says: /nowhere/ },
])('$args: one clear error', { timeout: 60_000 }, async ({ args, code, says }) => {
  const ended = await manifests(...args, '--json');
  expect(ended.code).toBe(code);
  const { error } = JSON.parse(ended.stderr || ended.stdout) as { error: { code: string; message: string; hint: string } };
  expect(`${error.code} ${error.message} ${error.hint}`).toMatch(says);
  expect(`${ended.stderr}${ended.stdout}`).not.toContain('hunter2');
});

it('lints configurations, also in ConfigMaps, with the lines of the file', { timeout: 90_000 }, async () => {
  const conf = '[SERVICE]\n    Flush 1\n[INPUT]\n    Name tail\n    Path /var/log/containers/*.log\n    Parser nowhere\n    Tag kube.*\n[OUTPUT]\n    Name stdout\n    Match other\n';
  writeFileSync(join(folder, 'fluent-bit.conf'), conf);
  const plain = await json<{ problems: { rule: string; at: { line: number } }[] }>('lint', join(folder, 'fluent-bit.conf'));
  expect(plain.code).toBe(1);
  const unknown = plain.document.problems.find(({ rule }) => rule === 'unknown-parser');
  expect(conf.split('\n')[(unknown?.at.line ?? 0) - 1]).toContain('Parser nowhere');

  const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: agent\ndata:\n  fluent-bit.conf: |\n${conf.replaceAll(/^(?=.)/gm, '    ')}`;
  writeFileSync(join(folder, 'all.yaml'), manifest);
  const mapped = await json<{ files: object[]; problems: { rule: string; configMap: string; key: string; at: { file: string; line: number } }[]; summary: { errors: number } }>('lint', join(folder, 'all.yaml'));
  expect(mapped.document.files).toEqual([{ file: join(folder, 'all.yaml'), configMap: 'agent', key: 'fluent-bit.conf', program: 'fluent-bit', problems: mapped.document.problems.length }]);
  const inMap = mapped.document.problems.find(({ rule }) => rule === 'unknown-parser');
  expect(inMap).toMatchObject({ configMap: 'agent', key: 'fluent-bit.conf', at: { file: join(folder, 'all.yaml') } });
  expect(manifest.split('\n')[(inMap?.at.line ?? 0) - 1]).toContain('Parser nowhere');

  writeFileSync(join(folder, 'notes.txt'), 'nothing');
  expect(await manifests('lint', join(folder, 'notes.txt'))).toMatchObject({ code: 1, stderr: expect.stringContaining('--program') });
});

it('lints the files of a ConfigMap of Fluent Bit as parts of one configuration', { timeout: 90_000 }, async () => {
  const keys: Readonly<Record<string, string>> = {
    'fluent-bit.conf': '[SERVICE]\n    Flush 1\n    Parsers_File parsers.conf\n    storage.path /state\n@INCLUDE app-*.conf\n[INPUT]\n    Name tail\n    Tag host\n    Path /var/log/messages\n    DB /state/host.db\n    Skip_Long_Lines On\n    Parser noone\n',
    'app-logs.conf': '[INPUT]\n    Name tail\n    Tag app.*\n    Path /var/log/app.log\n    DB /state/app.db\n    Skip_Long_Lines On\n    Mem_Buf_Limit 5M\n    storage.type filesystem\n    Parser mine\n[OUTPUT]\n    Name stdout\n    Match host\n',
    'parsers.conf': '[PARSER]\n    Name mine\n    Format json\n',
  };
  const rules = async (file: string): Promise<readonly string[]> => (await json<{ problems: { rule: string; key?: string }[] }>('lint', file)).document.problems.map(({ key, rule }) => `${key} ${rule}`);
  const manifest = join(folder, 'parts.json');
  writeFileSync(manifest, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'agent' }, data: keys }));
  expect(await rules(manifest)).toEqual(['fluent-bit.conf unknown-parser']);
  // The parsers file of the image is not known.
  writeFileSync(manifest, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'agent' }, data: { ...keys, 'parsers.conf': undefined } }));
  expect(await rules(manifest)).toEqual([]);
  const parts = join(folder, 'parts');
  mkdirSync(parts);
  for (const [name, text] of Object.entries(keys)) writeFileSync(join(parts, name), text);
  expect(await rules(parts)).toEqual(['undefined unknown-parser']);
});

it('finds nothing wrong in what it makes itself', { timeout: 180_000 }, async () => {
  for (const pattern of ['workshop', 'ant332', 'direct', 'otel']) {
    const out = join(folder, pattern);
    expect((await manifests('synth', ...ENDPOINT, '--pattern', pattern, '--out', out)).code).toBe(0);
    const { document } = await json<{ problems: object[]; files: { program: string }[] }>('lint', out);
    expect(document.problems).toEqual([]);
    expect(document.files.length).toBeGreaterThan(1);
  }
});
