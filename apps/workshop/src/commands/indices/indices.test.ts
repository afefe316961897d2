import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectControl } from '../../control/client.ts';
import { readEnvironment } from '../../environment.ts';
import { createOutput } from '../../terminal/output.ts';
import type { CommandContext } from '../command.ts';
import { run as apply } from './apply.ts';
import { openCluster } from './cluster.ts';
import { confirm } from './confirm.ts';
import { selectionOf } from './export.ts';
import { volumeOf } from './estimate.ts';
import { run as history } from './history.ts';
import { inner, readInputFile } from './inputFile.ts';
import { createMeter } from './meter.ts';
import { readPlanFile } from './planFile.ts';
import { runIndices } from './program.fixture.ts';
import { run as reindex } from './reindex.ts';
import { wantedSetup } from './wanted.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-indices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';
const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', PODSCOPE_RUN_DIR: join(folder, 'run') };
const indices = (...args: readonly string[]) => runIndices(environment, ...args);
const context: CommandContext = { environment: readEnvironment(environment), output: createOutput(true), control: connectControl(join(folder, 'run')) };

function written(name: string, content: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const plan = (changes: readonly object[]) => JSON.stringify({ owner: 'shop', notes: [], streams: {}, changes });
const change = { kind: 'ingest-pipeline', name: 'one', action: 'create', reason: 'does not exist', risk: 'safe', touches: [] };

describe('a wrong command line of podscope indices', () => {
  it.each([
    { args: ['plan', '--wrong'], says: /--wrong/ },
    { args: ['plan', '--behind', 'nothing'], says: /catch-up, rewrite, name/ },
    { args: ['estimate'], says: /apache-podscope=2000000:600/ },
  ])('$args is one clear error, and no 2, which says that there are changes', async ({ args, says }) => {
    const { code, stdout, stderr } = await indices(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr.match(/podscope: error:/g)).toHaveLength(1);
  });

  it.each([
    { work: () => openCluster(context, { url: 'somewhere' }), says: /no address/ },
    { work: () => openCluster(context, { url: 'ftp://127.0.0.1' }), says: /no address/ },
    { work: () => openCluster(context, { ca: 'x.pem' }), says: /belong to --url/ },
    { work: () => openCluster(context, { url: NOBODY, ca: '/nowhere.pem' }), says: /nowhere\.pem can't be read/ },
    { work: () => openCluster(context, { url: NOBODY, awsRegion: 'eu-west-1' }), says: /AWS credentials/ },
    { work: () => wantedSetup({ setup: '/nowhere' }), says: /no \/nowhere/ },
    { work: () => wantedSetup({ setup: tmpdir(), config: 'x.ts' }), says: /exclude each other/ },
    { work: () => apply(context, [], { plan: 'x.json', prune: true }), says: /--plan and --prune exclude each other/ },
    { work: () => history(context, [], { size: '0' }), says: /from 1 to 1000/ },
    { work: () => reindex(context, ['orders'], { url: NOBODY, mappings: '/nowhere.json' }), says: /nowhere\.json can't be read/ },
    { work: () => confirm('Really?', context.output, {}), says: /Nobody is there to confirm it/ },
  ])('is refused: $says', async ({ work, says }) => {
    await expect(work()).rejects.toMatchObject({ code: 'CLI_USAGE', message: expect.stringMatching(says) as unknown, hint: expect.stringMatching(/\w/) as unknown });
  });

  it('never repeats credentials of an address', async () => {
    const { code, stdout, stderr } = await indices('plan', '--json', '--url', 'https://someone:hunter2@search.example.com');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CLI_USAGE', hint: expect.stringContaining('PODSCOPE_OPENSEARCH_PASSWORD') as unknown } });
    expect(stdout + stderr).not.toMatch(/hunter2|someone/);
  });

  it('says that nothing runs, and that a server is gone', async () => {
    expect(await indices('plan')).toMatchObject({ code: 3, stderr: expect.stringContaining('podscope up') as unknown });
    const gone = await indices('plan', '--url', NOBODY, '--json');
    expect(gone.code).toBe(1);
    expect(JSON.parse(gone.stdout)).toMatchObject({ error: { code: 'INDEX_OBSERVE_FAILED', hint: expect.stringMatching(/\w/) as unknown } });
  });

  it('says in which file and line a setup is wrong, before it asks a server', async () => {
    const file = written('wrong/index-templates/shop.yaml', 'index_patterns: [shop-*]\ntemplate:\n  setings: {}\n');
    const { code, stdout } = await indices('plan', '--setup', join(folder, 'wrong'), '--url', NOBODY, '--json');
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; details?: readonly string[] } };
    expect({ code, error: error.code }).toEqual({ code: 1, error: 'INDEX_SETUP_INVALID' });
    expect([error.message, ...(error.details ?? [])].join('\n')).toMatch(/index-templates\/shop\.yaml:3\b/);
    rmSync(file);
  });
});

/** Nothing of Amazon's can be had here: this stands in for it, and looks at what the official client's signer sends. */
describe('credentials', () => {
  async function asked(credentials: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<readonly IncomingMessage['headers'][]> {
    const heard: IncomingMessage['headers'][] = [];
    const server = createServer((request, response) => {
      heard.push(request.headers);
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"type":"security_exception","reason":"no"},"status":401}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { code, stdout, stderr } = await runIndices({ ...environment, ...credentials }, 'history', '--url', url, ...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/credentials/);
      expect(stderr).not.toMatch(/hunter2|wJalr/);
    } finally {
      server.close();
    }
    return heard;
  }

  it('come from the environment, as a user and a password', async () => {
    const [first] = await asked({ PODSCOPE_OPENSEARCH_USERNAME: 'shop', PODSCOPE_OPENSEARCH_PASSWORD: 'hunter2' });
    expect(first?.authorization).toBe(`Basic ${Buffer.from('shop:hunter2').toString('base64')}`);
  });

  it('sign the requests for a region of Amazon OpenSearch Service', async () => {
    const [first] = await asked({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI', AWS_SESSION_TOKEN: 'token' }, '--aws-region', 'eu-west-1');
    expect(first?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/es\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/);
    expect(first).toMatchObject({ 'x-amz-security-token': 'token', 'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
  });
});

describe('what commands read', () => {
  it('a setup of a module, by its default or its only export', async () => {
    const setup = "{ owner: 'shop', ingestPipelines: { one: { processors: [] } } }";
    expect((await wantedSetup({ setup: written('default.mjs', `export default ${setup};`) })).owner).toBe('shop');
    expect(Object.keys((await wantedSetup({ setup: written('only.mjs', `export const shop = ${setup};`) })).ingestPipelines)).toEqual(['one']);
    for (const [name, code, says] of [['none', 'export {};', '0 things'], ['two', `export const one = 1, two = 2;`, '2 things'], ['broken', 'throw new Error("from within");', 'from within']] as const) {
      await expect(wantedSetup({ setup: written(`${name}.mjs`, code) })).rejects.toMatchObject({ code: 'INDEX_SETUP_INVALID', message: expect.stringContaining(says) as unknown });
    }
    await expect(wantedSetup({ setup: written('setup.txt', '') })).rejects.toMatchObject({ code: 'CLI_USAGE' });
  });

  it('a saved plan, and nothing that only looks like one', async () => {
    expect(await readPlanFile(written('good.json', plan([change])))).toMatchObject({ owner: 'shop', changes: [change], panels: [] });
    for (const [content, says] of [
      ['{', 'no JSON'],
      ['{"error":{"code":"X"}}', 'owner, changes, notes and streams'],
      [plan([{ ...change, kind: '../_all' }]), '"kind" of change 1'],
      [plan([change, { ...change, action: 'wipe' }]), '"action" of change 2'],
      [plan([{ ...change, risk: undefined }]), '"risk" of change 1'],
      [plan([{ ...change, touches: [1] }]), '"touches" of change 1'],
    ] as const) {
      await expect(readPlanFile(written('bad.json', content))).rejects.toMatchObject({ code: 'INDEX_PLAN_INVALID', message: expect.stringContaining(says) as unknown });
    }
    await expect(readPlanFile(join(folder, 'none.json'))).rejects.toMatchObject({ message: expect.stringContaining('ENOENT') as unknown });
  });

  it('mappings of JSON or YAML, alone or as a server answers them', async () => {
    const mapping = { properties: { code: { type: 'long' } } };
    for (const content of [JSON.stringify(mapping), JSON.stringify({ mappings: mapping }), 'properties:\n  code: { type: long }\n']) {
      expect(inner(await readInputFile(written('mappings', content), '--mappings'), 'mappings')).toEqual(mapping);
    }
    await expect(readInputFile(written('mappings', 'a: 1\nb: [\n'), '--mappings')).rejects.toMatchObject({ message: expect.stringMatching(/mappings:[23] is neither JSON nor YAML/) as unknown });
    await expect(readInputFile(written('mappings', '[1]'), '--mappings')).rejects.toMatchObject({ message: expect.stringContaining('holds no object') as unknown });
  });

  it('a selection and a volume', () => {
    expect(selectionOf(['index-templates=shop-*,web', 'data-streams', 'index-templates=more'])).toEqual({ indexTemplates: ['shop-*', 'web', 'more'], dataStreams: ['*'] });
    expect(() => selectionOf(['templates'])).toThrow(/nothing called "templates"/);
    expect(volumeOf('apache-podscope=2000000:600')).toEqual(['apache-podscope', { documentsPerDay: 2_000_000, bytesPerDocument: 600 }]);
    expect(() => volumeOf('apache-podscope=many')).toThrow(/is no volume/);
  });
});

describe('the progress of a reindex', () => {
  const at = (state: 'copying' | 'swapped', done: number, secondsLeft?: number) => ({ source: 'orders', target: 'orders-r1', state, done, total: 2000, rate: 500, secondsLeft });

  it('is one line that moves on a terminal', () => {
    let text = '';
    const meter = createMeter({ silent: false, live: true, write: (part) => (text += part) });
    meter.update(at('copying', 500, 3.2));
    meter.update(at('copying', 1000, 130));
    meter.update(at('swapped', 2000, 0));
    meter.end();
    expect(text).toBe(
      'orders: copying  500 of 2,000 (25 %)  500/s  4 s left' +
        '\r\u001b[Korders: copying  1,000 of 2,000 (50 %)  500/s  2 min 10 s left' +
        '\norders: readers and writers are on the new index  2,000 of 2,000 (100 %)\n',
    );
  });

  it('is a line for each state, and one every ten seconds, elsewhere', () => {
    const lines: string[] = [];
    let now = 0;
    const meter = createMeter({ silent: false, live: false, write: (part) => lines.push(part), now: () => now });
    for (const [time, done] of [[0, 0], [5000, 500], [10_000, 1000], [12_000, 1200]] as const) {
      now = time;
      meter.update(at('copying', done));
    }
    meter.update(at('swapped', 2000));
    meter.end();
    expect(lines.map((line) => line.split('  ')[1]?.trim())).toEqual(['0 of 2,000 (0 %)', '1,000 of 2,000 (50 %)', '2,000 of 2,000 (100 %)']);
  });
});
