import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { quickUp } from '../../targets/aws/testing/quickly.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { type Ended, runPodscope, startPodscope } from '../kubernetes/program.fixture.ts';
import { examplesOf, lacks } from '../reference.fixture.ts';
import { podscopeOnTerminal } from './terminal.fixture.ts';

let aws: StartedAws;
let runDir: string;
const folders: string[] = [];

beforeAll(async () => {
  // The program waits between its looks as it does in an account: all is done when it looks.
  aws = await startAws({ polls: { domain: 0, cluster: 0, stack: 0, interfaces: 0 } });
  runDir = await folder();
});
afterAll(async () => {
  await aws?.stop();
  for (const made of folders) await rm(made, { recursive: true, force: true });
});
afterEach(async () => {
  await aws.reset();
  runDir = await folder();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'podscope-aws-cli-'));
  folders.push(made);
  return made;
}

const base = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: runDir, PODSCOPE_RUN_DIR: runDir, PODSCOPE_CACHE_DIR: join(runDir, 'cache'), AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '2' });
const podscope = (...args: readonly string[]): Promise<Ended> => runPodscope({ ...base(), ...aws.environment }, ...args);

const ofAws = (command: string): object => examplesOf(command).find((each) => (each as { readonly target?: unknown }).target === 'aws') as object;

describe('podscope --target aws', () => {
  it('looks at everything on a dry run, and makes nothing', async () => {
    const { code, stdout, stderr } = await podscope('up', '--target', 'aws', '--event', 'dry', '--api-cidr', '203.0.113.7/32', '--owner', 'ana', '--dry-run', '--json');
    expect({ code, stderr }).toEqual({ code: exitCodes.ok, stderr: '' });
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).toMatchObject({ dryRun: true, target: 'aws', event: 'dry', region: 'eu-central-1', account: aws.account, begun: false });
    expect(aws.calls().filter(({ action }) => /^(?:Create|Put|Update|Delete|Add)/u.test(action))).toEqual([]);
  });

  it('asks before it makes anything, and says so where nobody can answer', async () => {
    const { code, stderr } = await podscope('up', '--target', 'aws', '--api-cidr', '203.0.113.7/32');
    expect(code).toBe(exitCodes.usage);
    expect(stderr).toContain('add --yes');
    expect(leftOver(await aws.inventory())).toEqual([]);
  });

  it('can be read and answered on a terminal, where progress is drawn, too', async () => {
    const at = { ...base(), ...aws.environment, TERM: 'xterm' };
    const question = { to: 'Make it? [y/N]', keys: 'n\r' };
    const no = await podscopeOnTerminal(at, question, 'up', '--target', 'aws', '--api-cidr', '203.0.113.7/32');
    expect(no.seen.slice(no.seen.indexOf(question.to))).toContain('Nothing was made.');
    expect(no.code).toBe(exitCodes.failed);
    const stopped = await podscopeOnTerminal(at, { ...question, keys: '\u0003' }, 'up', '--target', 'aws', '--api-cidr', '203.0.113.7/32');
    expect(stopped.seen).toContain('Interrupted before anything was changed.');
    expect(stopped.code).toBe(exitCodes.interrupted);
    expect(leftOver(await aws.inventory())).toEqual([]);
    await quickUp({ clients: aws.clients(), runDir }, { event: 'asked' });
    const kept = await podscopeOnTerminal(at, { to: 'with the data of its domain?', keys: 'n\r' }, 'down');
    expect(kept.seen).toContain('Nothing was deleted.');
    // The same event, without its name.
    const kubeconfig = await podscope('kubeconfig', '--stdout', '--json');
    expect(JSON.parse(kubeconfig.stdout)).toMatchObject({ 'current-context': 'podscope-asked.eu-central-1' });
  });

  it('says how an event is, and takes it down with a receipt, without being told which', async () => {
    await quickUp({ clients: aws.clients(), runDir }, { event: 'cli' });
    const status = await podscope('status', '--json');
    expect(status.code).toBe(exitCodes.ok);
    const shown = JSON.parse(status.stdout) as object;
    expect(shown).toMatchObject({ running: true, healthy: true, target: 'aws', event: 'cli' });
    expect(lacks(ofAws('status'), shown)).toEqual([]);

    const refused = await podscope('down');
    expect(refused.code).toBe(exitCodes.usage);
    expect(refused.stderr).toContain('add --yes'.replace('a', 'A'));

    const down = await podscope('down', '--yes', '--json');
    expect(down.code).toBe(exitCodes.ok);
    const receipt = JSON.parse(down.stdout) as object;
    expect(receipt).toMatchObject({ target: 'aws', event: 'cli', asked: true, wasThere: true, receipt: { left: [] } });
    expect(lacks(ofAws('down'), receipt)).toEqual([]);
    expect(leftOver(await aws.inventory())).toEqual([]);
    expect((await podscope('status', '--target', 'aws', '--event', 'cli')).code).toBe(exitCodes.notRunning);
    const again = await podscope('down', '--target', 'aws', '--event', 'cli');
    expect(again.code).toBe(exitCodes.ok);
    // From another machine, a forgotten --region looks just like it.
    expect(again.stdout).toMatch(/Nothing of the event cli is in eu-central-1 .*\n.*--region/u);

    const written = [status, refused, down].map(({ stdout, stderr }) => stdout + stderr).join('\n');
    for (const secret of [aws.credentials.secretAccessKey, aws.credentials.sessionToken, aws.credentials.accessKeyId]) expect(written).not.toContain(secret);
  });

  it('exits with 1 and names what is left while something is', async () => {
    await quickUp({ clients: aws.clients(), runDir }, { event: 'held' }, { at: async (point) => { if (point === 'cluster:before') throw new Error('far enough'); } }).catch(() => undefined);
    aws.fail({ service: 'cloudformation', action: 'DeleteStack', error: 'AccessDenied', times: 1_000 });
    const { code, stdout } = await podscope('down', '--yes');
    expect(code).toBe(exitCodes.failed);
    expect(stdout).toMatch(/LEFT\s+stack podscope-held-network/u);
  });

  it('is interrupted in the middle by Ctrl-C, and says how to go on', async () => {
    aws.fail({ stuck: 'stack', name: 'podscope-stop-network' });
    const running = startPodscope({ ...base(), ...aws.environment }, 'up', '--target', 'aws', '--event', 'stop', '--api-cidr', '203.0.113.7/32', '--yes');
    await running.says(/Network and roles/u);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(exitCodes.interrupted);
    expect(stderr).toContain('podscope down');
    await aws.reset();
  });
});

describe('bad input', () => {
  it.each([
    [['--event', 'A'], '--event'], [['--region', 'nowhere'], '--region'], [['--nodes', 'many'], '--nodes'], [['--budget', '5'], '--budget-email'], [['--existing-domain', 'x'], '--existing-cluster'], [['--presenter', 'ana'], '--presenter'],
    [['--api-cidr', '0.0.0.0/0'], 'not everybody'], [['--api-cidr', '128.0.0.0/1'], 'not everybody'], [['--hours', '337'], '--hours: a number from 1 to 336'], [['--nodes', '0'], '--nodes: a whole number from 1 to 100'], [['--egress', 'endpoints', '--dry-run'], '--image-mirror'], [['--detach'], '--detach'], [['--opensearch-url', 'http://x:9200'], '--target kubernetes'], [['--shippers', 'auto'], 'embedded'],
  ])('refuses %j before anything is asked', async (flags, named) => {
    const { code, stderr } = await podscope('up', '--target', 'aws', ...flags);
    expect(code).toBe(exitCodes.usage);
    expect(stderr).toContain(named);
    expect(aws.calls()).toEqual([]);
  });

  it('refuses options of AWS on other targets', async () => {
    const { code, stderr } = await podscope('up', '--hours', '5');
    expect(code).toBe(exitCodes.usage);
    expect(stderr).toContain('--hours belongs to --target aws');
  });

  it('says that there are no credentials, or wrong ones, or no such place', async () => {
    const without = await runPodscope({ ...base(), AWS_ENDPOINT_URL: aws.endpoint }, 'status', '--target', 'aws', '--json');
    expect(JSON.parse(without.stdout)).toMatchObject({ error: { code: 'AWS_NO_CREDENTIALS' } });
    const profile = await runPodscope({ ...base(), AWS_ENDPOINT_URL: aws.endpoint, AWS_PROFILE: 'nowhere' }, 'status', '--target', 'aws', '--json');
    expect(JSON.parse(profile.stdout)).toMatchObject({ error: { code: 'AWS_NO_CREDENTIALS', message: expect.stringContaining('The profile nowhere') as string } });
    const wrong = await runPodscope({ ...base(), ...aws.environment, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7NOTMINE' }, 'down', '--target', 'aws', '--yes', '--json');
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'AWS_CREDENTIALS_REFUSED' } });
    const nowhere = await runPodscope({ ...base(), ...aws.environment, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, 'status', '--target', 'aws', '--region', 'eu-nowhere-9', '--json');
    expect(JSON.parse(nowhere.stdout)).toMatchObject({ error: { code: 'AWS_UNREACHABLE' } });
    expect([without.code, wrong.code, nowhere.code]).toEqual([exitCodes.failed, exitCodes.failed, exitCodes.failed]);
  });
});
