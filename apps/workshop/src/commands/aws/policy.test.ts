import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iamPolicies } from '../../targets/aws/rights/policies.ts';
import { awsSettings } from '../../targets/aws/settings.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { type Ended, runPodscope } from '../kubernetes/program.fixture.ts';
import { examplesOf, lacks } from '../reference.fixture.ts';

// Any connection, and any question for a name, ends the process with 97.
const WITHOUT_NETWORK = `data:text/javascript,${encodeURIComponent("import net from 'node:net';import dns from 'node:dns';net.Socket.prototype.connect=()=>process.exit(97);dns.lookup=()=>process.exit(97);dns.promises.lookup=()=>process.exit(97);")}`;
let home: string;
const podscope = (...args: readonly string[]): Promise<Ended> => runPodscope({ PATH: process.env['PATH'], HOME: home, PODSCOPE_RUN_DIR: join(home, 'run'), NODE_OPTIONS: `--import=${WITHOUT_NETWORK}` }, 'up', ...args);
const documented = examplesOf('up').find((each) => (each as { readonly policies?: unknown }).policies !== undefined) as object;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'podscope-policy-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('podscope up --target aws --policy', { timeout: 120_000 }, () => {
  it('prints what is needed, without credentials or network, and writes nothing', async () => {
    const { code, stdout, stderr } = await podscope('--target', 'aws', '--policy', '--event', 'reinvent', '--region', 'eu-west-1', '--json');
    expect({ code, stderr }).toEqual({ code: exitCodes.ok, stderr: '' });
    const document = JSON.parse(stdout) as { readonly policies: readonly object[] };
    expect(document).toEqual({ eventName: 'reinvent', region: 'eu-west-1', policies: iamPolicies(awsSettings.parse({ event: 'reinvent', region: 'eu-west-1' })) });
    expect(lacks(documented, { ...document, policies: document.policies.map((policy) => ({ ...policy, file: null })) })).toEqual([]);
    expect(await readdir(home)).toEqual([]);
  });

  it('writes each into a folder, and says how to make them', async () => {
    const folder = join(home, 'policies');
    const wish = ['./policies', '--event', 'reinvent', '--region', 'eu-west-1', '--egress', 'endpoints'];
    const { code, stdout } = await podscope('--target', 'aws', '--policy', folder, ...wish.slice(1));
    expect(code).toBe(exitCodes.ok);
    const policies = iamPolicies(awsSettings.parse({ event: 'reinvent', region: 'eu-west-1', egress: 'endpoints' }));
    expect((await readdir(folder)).toSorted()).toEqual(policies.map(({ name }) => `${name}.json`).toSorted());
    for (const { name, document } of policies) {
      const file = join(folder, `${name}.json`);
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(document);
      expect(stdout).toContain(`aws iam create-policy --policy-name ${name} --policy-document file://${file}`);
    }
  });

  it('says so where there is no such folder to write to, and where it means nothing', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const refused = await podscope('--target', 'aws', '--policy', file, '--json');
    expect(refused.code).toBe(exitCodes.failed);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'DIRECTORY_UNUSABLE' } });
    const embedded = await podscope('--policy');
    expect(embedded.code).toBe(exitCodes.usage);
    expect(embedded.stderr).toContain('--policy belongs to --target aws');
  });
});
