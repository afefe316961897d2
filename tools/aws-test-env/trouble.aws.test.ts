import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateVpcCommand, DescribeMovingAddressesCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ListDomainNamesCommand } from '@aws-sdk/client-opensearch';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { eksToken } from '../../apps/workshop/src/targets/aws/cluster/token.ts';
import { startAws, type StartedAws } from './start.ts';

let aws: StartedAws;
let clients: AwsClients;

beforeAll(async () => {
  aws = await startAws();
  clients = aws.clients();
});
beforeEach(() => aws.reset());
afterAll(() => aws?.stop());

/** A request as it is, to whatever host it names. */
function ask(path: string, headers: Readonly<Record<string, string>>, method = 'GET', body = ''): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const { port } = new URL(aws.endpoint);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.once('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('the front', () => {
  it('refuses what is not signed, and what cannot be read', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await ask('/', form, 'POST', 'Action=CreateVpc&CidrBlock=10.9.0.0%2F16&Version=2016-11-15')).toMatchObject({ status: 403, text: expect.stringContaining('MissingAuthenticationToken') });
    expect(aws.calls()).toMatchObject([{ service: 'unsigned', action: 'CreateVpc', error: 'MissingAuthenticationToken', status: 403 }]);
    expect((await aws.inventory()).vpcs).toEqual([]);
    const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x/20261201/eu-central-1/ssm/aws4_request, SignedHeaders=host, Signature=0', 'x-amz-target': 'AmazonSSM.GetParameter' };
    expect(await ask('/', signed, 'POST', '{"Name":')).toMatchObject({ status: 400, text: expect.stringContaining('SerializationException') });
  });

  it('takes a presigned question to STS for a quarter of an hour, with its signed headers only', async () => {
    const addressOf = async (now?: Date): Promise<URL> => new URL(Buffer.from((await eksToken(clients, 'podscope', now)).token.slice('k8s-aws-v1.'.length), 'base64url').toString());
    const send = ({ host, pathname, search }: URL, cluster = 'podscope') => ask(`${pathname}${search}`, { host, 'x-k8s-aws-id': cluster });
    const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
    expect(await send(await addressOf())).toMatchObject({ status: 200, text: expect.stringContaining(`<Account>${aws.account}</Account>`) });
    expect(await send(await addressOf(ago(14)))).toMatchObject({ status: 200 });
    expect(await send(await addressOf(ago(16)))).toMatchObject({ status: 403, text: expect.stringContaining('Signature expired') });
    expect(await send(await addressOf(), 'another')).toMatchObject({ status: 403, text: expect.stringContaining('SignatureDoesNotMatch') });
    const bent = await addressOf();
    bent.searchParams.set('Action', 'GetSessionToken');
    expect(await send(bent)).toMatchObject({ status: 403, text: expect.stringContaining('SignatureDoesNotMatch') });
    expect(aws.calls().map(({ service, action, error }) => [service, action, error])).toEqual([undefined, undefined, ...Array.from({ length: 3 }, () => 'SignatureDoesNotMatch')].map((error, index) => ['sts', index === 4 ? 'GetSessionToken' : 'GetCallerIdentity', error]));
  });

  it('takes a body in chunks', async () => {
    const ssm = new SSMClient({ region: aws.region, endpoint: aws.endpoint, credentials: aws.credentials, maxAttempts: 1 });
    ssm.middlewareStack.add(
      (next) => (given) => {
        const { headers } = given.request as { readonly headers: Record<string, string | undefined> };
        delete headers['content-length'];
        headers['transfer-encoding'] = 'chunked';
        return next(given);
      },
      { step: 'build', priority: 'low' },
    );
    await ssm.send(new PutParameterCommand({ Name: '/podscope/chunks', Value: 'x'.repeat(3_000), Type: 'String' }));
    expect((await aws.inventory()).parameters).toEqual(['/podscope/chunks']);
    ssm.destroy();
  });

  it('answers many at once, and counts them', async () => {
    const placed = aws.fail({ service: 'ec2', action: 'CreateVpc', nth: 4, times: 5, error: 'RequestLimitExceeded' });
    const made = await Promise.allSettled(Array.from({ length: 24 }, (_, index) => clients.ec2.send(new CreateVpcCommand({ CidrBlock: `10.${index}.0.0/16` }))));
    expect(made.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    expect(placed.hits).toBe(5);
    expect((await aws.inventory()).vpcs).toHaveLength(19);
    expect(aws.calls().filter(({ error }) => error === undefined)).toHaveLength(19);
  });

  it('goes on when a client goes away, in the middle of its request or before the answer', async () => {
    const { port } = new URL(aws.endpoint);
    const half = connect(Number(port), '127.0.0.1');
    half.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nAction=');
    await sleep(50);
    half.destroy();
    const placed = aws.fail({ service: 'ec2', action: 'CreateVpc', delayMs: 100 });
    const gone = new AbortController();
    const making = clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }), { abortSignal: gone.signal });
    while (placed.hits === 0) await sleep(5);
    gone.abort();
    await expect(making).rejects.toThrow();
    expect((await clients.ec2.send(new DescribeVpcsCommand({}))).Vpcs).toBeDefined();
    // It is done all the same, and nothing of it comes after a reset.
    await aws.reset();
    expect((await aws.inventory()).vpcs).toEqual([]);
    expect(aws.calls()).toEqual([]);
  });
});

describe('what proves nothing', () => {
  it('is told at the end of a test: a fault that never acted', async () => {
    aws.fail({ service: 'ec2', action: 'CreateVpc', nth: 2, error: 'RequestLimitExceeded' });
    const removed = aws.fail({ stuck: 'domain', name: 'nobody' });
    removed.remove();
    await clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    await expect(aws.reset()).rejects.toThrow(/never acted: .*CreateVpc[\s\S]*never acted: .*nobody/u);
    await aws.reset();
  });

  it('is told at the end of a test: a call that moto does not have', async () => {
    await expect(clients.ec2.send(new DescribeMovingAddressesCommand({}))).rejects.toThrow();
    await expect(aws.reset()).rejects.toThrow('ec2:DescribeMovingAddresses: moto answered');
  });
});

describe('moto', () => {
  it('that ends in between is told, with its last lines, and nobody waits for it', async () => {
    const other = await startAws();
    process.kill(other.pid, 'SIGKILL');
    const ended = /moto_server ended with SIGKILL[\s\S]*Its last lines/u;
    // The one is moto's alone, the other by the stand-in.
    await expect(other.clients().ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).rejects.toThrow(ended);
    await expect(other.clients().opensearch.send(new ListDomainNamesCommand({}))).rejects.toThrow(ended);
    await expect(other.stop()).rejects.toThrow(ended);
    expect(existsSync(other.logFile)).toBe(false);
  });

  it('ends with the process that started it, however that ended', async () => {
    const holder = spawn(process.execPath, ['--conditions=@podscope/source', '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'testing', 'holder.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await new Promise<string[]>((resolve) => createInterface({ input: holder.stdout }).once('line', (first) => resolve([first]))));
    const { pid, logFile } = JSON.parse(line ?? '') as { readonly pid: number; readonly logFile: string };
    expect(process.kill(pid, 0)).toBe(true);
    holder.kill('SIGKILL');
    while (existsSync(logFile)) await sleep(20);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
