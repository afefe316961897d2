import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { statusAws } from './status.ts';
import { absentCluster } from './testing/absentCluster.ts';
import { quickDown, quickParts, quickUp } from './testing/quickly.ts';

let aws: StartedAws;
const folders: string[] = [];

beforeAll(async () => {
  aws = await startAws();
});
afterAll(async () => {
  await aws?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});
afterEach(async () => aws.reset());

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'podscope-aws-'));
  folders.push(made);
  return made;
}

/** Every file below a folder as one text. */
async function everythingIn(root: string): Promise<string> {
  const names = await readdir(root, { recursive: true });
  const texts = await Promise.all(names.map(async (name) => ((await stat(join(root, name))).isFile() ? readFile(join(root, name), 'utf8') : '')));
  return texts.join('\n');
}

it('makes an event from nothing, says how it is, and leaves nothing, as the other machine finds it', async () => {
  const runDir = await folder();
  const clients = aws.clients();
  const inCluster = absentCluster();
  const lines: string[] = [];
  const result = await quickUp({ clients, runDir, inCluster, onLine: (line) => lines.push(line) }, { event: 'reinvent', owner: 'ana' });
  expect(result.stacks).toEqual({ expiry: 'created', network: 'created', cluster: 'created' });
  expect(inCluster.asked).toEqual(['grant podscope-reinvent podscope-reinvent', `deploy podscope-reinvent ${result.domain.host}`]);

  const there = await aws.inventory();
  expect(there.vpcs).toHaveLength(1);
  expect(there.clusters).toEqual(['podscope-reinvent']);
  expect(there.nodegroups).toEqual(['podscope-reinvent/podscope-reinvent-nodes-t3-medium']);
  expect(there.domains).toEqual(['podscope-reinvent']);
  expect(there.natGateways).toHaveLength(1);
  expect(there.roles).toEqual(expect.arrayContaining(['cluster', 'nodes', 'shippers', 'presenters', 'expiry'].map((id) => `podscope-reinvent-eu-central-1-${id}`)));
  expect(there.schedules).toHaveLength(1);
  expect(there.scheduleGroups).toHaveLength(1);
  expect(there.parameters.toSorted()).toEqual(['event', 'domain/podscope-reinvent', 'stack/podscope-reinvent-expiry', 'stack/podscope-reinvent-network', 'stack/podscope-reinvent-cluster', 'log-group/aws_OpenSearchService_domains_podscope-reinvent_application', 'log-group/aws_OpenSearchService_domains_podscope-reinvent_audit', 'log-policy/podscope-reinvent-logs'].map((name) => `/podscope/reinvent/ledger/${name}`).toSorted());

  const place = { clients, event: 'reinvent', runDir, parts: quickParts(inCluster), signal: new AbortController().signal };
  expect(await statusAws(place)).toMatchObject({ isThere: true, isWell: true, record: { settings: { owner: 'ana' } }, costUsd: 0 });

  const otherMachine = await folder();
  const { receipt, problems, path } = await quickDown({ clients, runDir: otherMachine, onLine: (line) => lines.push(line) }, 'reinvent');
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(receipt.lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['stack', 'domain', 'log group']));
  expect(receipt.lines.every(({ deleted }) => deleted !== null)).toBe(true);
  expect(leftOver(await aws.inventory())).toEqual([]);
  expect((await statusAws({ ...place, runDir: otherMachine })).isThere).toBe(false);

  // This machine's own ledger is seen through without a question; then there is nothing any more.
  const unasked = { confirm: async () => { throw new Error('it was asked'); } };
  expect(await quickDown({ clients, runDir }, 'reinvent', unasked)).toMatchObject({ wasThere: true, problems: [], receipt: { left: [] } });
  expect(await quickDown({ clients, runDir }, 'reinvent', unasked)).toMatchObject({ wasThere: false });

  expect(await readFile(path ?? '', 'utf8')).toContain('podscope-reinvent-network');
  const written = [await everythingIn(runDir), await everythingIn(otherMachine), lines.join('\n'), JSON.stringify([result, receipt])].join('\n');
  for (const secret of [aws.credentials.accessKeyId, aws.credentials.secretAccessKey, aws.credentials.sessionToken]) expect(written).not.toContain(secret);
});

it('makes all that can be asked for, and leaves nothing of it', async () => {
  const clients = aws.clients();
  const presenter = 'arn:aws:iam::123456789012:role/ana';
  await quickUp({ clients, runDir: await folder() }, { event: 'all', zones: 3, egress: 'endpoints', flowLogs: true, presenters: [presenter], budget: { usd: 40, email: 'ana@example.com' } });
  const there = await aws.inventory();
  expect(there).toMatchObject({ clusters: ['podscope-all'], nodegroups: ['podscope-all/podscope-all-nodes-t3-medium'], domains: ['podscope-all'], natGateways: [], addresses: [], stateMachines: [expect.any(String)], schedules: [expect.any(String)], budgets: [expect.any(String)], flowLogs: [expect.any(String)] });
  expect([there.vpcs.length, there.stacks.length, there.addons.length]).toEqual([1, 3, 5]);
  expect(there.subnets.length).toBeGreaterThanOrEqual(3);
  expect(there.vpcEndpoints.length).toBeGreaterThanOrEqual(9);
  expect(there.accessEntries).toContainEqual(expect.stringContaining(presenter));
  expect(there.roles).toEqual(expect.arrayContaining(['cluster', 'nodes', 'shippers', 'presenters', 'expiry'].map((id) => `podscope-all-eu-central-1-${id}`)));
  expect((await quickDown({ clients, runDir: await folder() }, 'all')).problems).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
});

it('writes into the ledger before each create, and arms the expiry before anything that costs', async () => {
  await quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'order' });
  const calls = aws.calls();
  const first = (action: string, resource: string): number => calls.findIndex((call) => call.action === action && call.resources.some((name) => name === resource || name.endsWith(resource)));
  const pairs = [['stack/podscope-order-expiry', 'CreateStack', 'podscope-order-expiry'], ['stack/podscope-order-network', 'CreateStack', 'podscope-order-network'], ['stack/podscope-order-cluster', 'CreateStack', 'podscope-order-cluster'], ['domain/podscope-order', 'CreateDomain', 'podscope-order']] as const;
  for (const [entry, action, name] of pairs) {
    const written = first('PutParameter', `/podscope/order/ledger/${entry}`);
    expect(written, entry).toBeGreaterThanOrEqual(0);
    expect(first(action, name), entry).toBeGreaterThan(written);
  }
  expect(first('CreateStack', 'podscope-order-expiry')).toBeLessThan(first('CreateStack', 'podscope-order-network'));
});

it('goes on with an event that is there, and changes nothing on it', async () => {
  const runDir = await folder();
  const clients = aws.clients();
  const first = await quickUp({ clients, runDir }, { event: 'again' });
  const again = await quickUp({ clients, runDir: await folder() }, { event: 'again' });
  expect(again.isBegun).toBe(true);
  expect(again.expires).toEqual(first.expires);
  expect(again.stacks).toEqual({ expiry: 'unchanged', network: 'unchanged', cluster: 'unchanged' });
  expect((await aws.inventory()).vpcs).toHaveLength(1);
  await expect(quickUp({ clients, runDir }, { event: 'again', zones: 3 })).rejects.toMatchObject({ code: 'AWS_EVENT_DIFFERS' });
});

it('makes nothing before it is confirmed', async () => {
  const runDir = await folder();
  const clients = aws.clients();
  await expect(quickUp({ clients, runDir }, { event: 'maybe' }, { confirm: async () => false })).rejects.toThrow('not confirmed');
  expect(leftOver(await aws.inventory())).toEqual([]);
  expect(aws.calls().filter(({ action }) => /^(?:Create|Put|Update|Delete|Add)/u.test(action))).toEqual([]);
});

it('keeps two events of one account apart', async () => {
  const clients = aws.clients();
  const runDir = await folder();
  await quickUp({ clients, runDir }, { event: 'first' });
  // Its cluster is left out: moto gives all clusters of a region the same issuer of tokens, of which IAM takes one.
  const stopped = new Error('far enough');
  await expect(quickUp({ clients, runDir }, { event: 'second' }, { at: async (point) => { if (point === 'network:after') throw stopped; } })).rejects.toBe(stopped);
  const both = await aws.inventory();
  expect(both.vpcs).toHaveLength(2);
  expect((await quickDown({ clients, runDir }, 'first')).problems).toEqual([]);
  const there = await aws.inventory();
  expect(there.stacks.toSorted()).toEqual(['podscope-second-expiry (CREATE_COMPLETE)', 'podscope-second-network (CREATE_COMPLETE)']);
  expect([there.vpcs.length, there.clusters, there.domains]).toEqual([1, [], []]);
  expect((await quickDown({ clients, runDir }, 'second')).problems).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
});
