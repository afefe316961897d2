import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunning } from '../../kube-test-env/running.ts';
import { freePort } from '../../../packages/embedded-opensearch/src/run/port.ts';
import type { PythonEnvironment } from '../install/environment.ts';

/** A running `moto_server`. */
export interface Moto {
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  /** Forgets all that was made, in every account and region. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

/**
 * Of the 1,400 policies that AWS manages, those that have to do with what the target makes: with all of them each reset of moto takes
 * seconds. An attachment of another one is refused, as one of a policy that does not exist.
 */
const SERVER = `
import json, re
import moto.iam.models as iam
kept = re.compile("Amazon(EKS|EC2Container|EBS|ES|OpenSearch|SSM|VPC)|CloudWatch|AWSBudgets|ElasticLoadBalancing|AdministratorAccess$")
iam.aws_managed_policies_data = json.dumps({name: policy for name, policy in json.loads(iam.aws_managed_policies_data).items() if kept.match(name)})
from moto.server import main
main()
`;

/**
 * Starts `moto_server` on loopback, under a watchdog that ends it with this process. `frontPort` is where its Step Functions send the
 * calls of their AWS SDK tasks.
 */
export async function startMoto({ python }: PythonEnvironment, options: { readonly frontPort: number; readonly signal?: AbortSignal | undefined }): Promise<Moto> {
  const root = await mkdtemp(join(tmpdir(), 'podscope-aws-'));
  const running = createRunning(root);
  try {
    const port = await freePort();
    const environment = [`MOTO_PORT=${options.frontPort}`, 'MOTO_IAM_LOAD_MANAGED_POLICIES=true', 'MOTO_EC2_LOAD_DEFAULT_AMIS=false', 'PYTHONUNBUFFERED=1'];
    const unset = ['AWS_PROFILE', 'AWS_ENDPOINT_URL', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_SESSION_TOKEN'].flatMap((name) => ['-u', name]);
    const { pid } = await running.start('moto', ['env', ...unset, ...environment, python, '-W', 'ignore', '-c', SERVER, '-H', '127.0.0.1', '-p', String(port)]);
    const url = `http://127.0.0.1:${port}`;
    await running.until('moto', async () => (await fetch(`${url}/moto-api/`)).ok, { timeoutMs: START_TIMEOUT_MS, signal: options.signal });
    const configured = await fetch(`${url}/moto-api/config`, { method: 'POST', body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }) });
    if (!configured.ok) throw new Error(`moto did not take its settings: ${configured.status}`);
    running.unref();
    return {
      port,
      pid,
      logFile: running.logFile('moto'),
      async reset() {
        const answer = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
        if (!answer.ok) throw new Error(`moto could not be reset: ${answer.status} ${await answer.text()}`);
      },
      async stop() {
        await running.end();
        await rm(root, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await running.end();
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}
