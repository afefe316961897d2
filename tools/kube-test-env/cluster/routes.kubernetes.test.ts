import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { KubeConfig, PortForward } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../fixtures/cluster.ts';
import { deployment, modest } from '../fixtures/objects.ts';
import { phases, podNames } from '../fixtures/pods.ts';
import { printed } from '../fixtures/printed.ts';
import { obtainKubeProgram } from '../programs.ts';

const WAIT = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasCluster)(`a route into a pod (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let config: KubeConfig;
  let echo: Server;
  let folder: string;
  const app = deployment(modest, { spec: { replicas: 2 } });
  const echoPort = (): number => (echo.address() as AddressInfo).port;
  const pods = (): Promise<readonly string[]> => podNames(cluster.admin.client, 'app=app');

  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    config = new KubeConfig();
    config.loadFromString(cluster.admin.kubeconfig);
    // Answers with what it got, in capitals: a real process on a real port.
    echo = createServer((socket) => socket.on('data', (chunk) => socket.write(chunk.toString('utf8').toUpperCase())).on('error', () => socket.destroy()));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    folder = await mkdtemp(join(tmpdir(), 'podscope-routes-'));
    await cluster.admin.client.apply(app);
    await vi.waitFor(async () => expect(await phases(cluster.admin.client, 'default', 'app=app')).toEqual({ Running: 2 }), WAIT);
  }, 60 * 60_000);
  afterAll(async () => {
    await cluster?.stop();
    echo?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  /** Says something to a port of a pod, and what came back. */
  async function ask(pod: string, port: number, words: string): Promise<string> {
    const input = new PassThrough();
    const output = new PassThrough();
    const errors = new PassThrough();
    const socket = await new PortForward(config).portForward('default', pod, [port], output, errors, input);
    input.write(words);
    const [answer] = (await Promise.race([once(output, 'data'), once(errors, 'data')])) as [Buffer];
    if ('close' in socket) socket.close();
    return answer.toString('utf8');
  }

  /** A kubectl that runs until it is ended. */
  async function kubectl(args: readonly string[]) {
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, cluster.admin.kubeconfig, { mode: 0o600 });
    return spawn(await obtainKubeProgram('kubectl', { onProgress: printed }), args, { env: { HOME: folder, KUBECONFIG: kubeconfig }, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  it('reaches a local process through the official client, for each pod with a label', async () => {
    await using _route = await cluster.routePort({ namespace: 'default', pods: { labels: { app: 'app' } }, port: 7000, to: { host: '127.0.0.1', port: echoPort() } });
    for (const pod of await pods()) expect(await ask(pod, 7000, 'hello')).toBe('HELLO');
    expect(await ask((await pods())[0] ?? '', 7001, 'hello')).toContain('no forward found for port 7001');
  });

  it('follows pods that come later', async () => {
    await using _route = await cluster.routePort({ namespace: 'default', pods: { labels: { app: 'app' } }, port: 7100, to: { host: '127.0.0.1', port: echoPort() } });
    const before = await pods();
    for (const name of before) await cluster.admin.client.remove({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } });
    await expect.poll(async () => [(await pods()).filter((name) => before.includes(name)).length, await phases(cluster.admin.client, 'default', 'app=app')], WAIT).toEqual([0, { Running: 2 }]);
    for (const pod of await pods()) await expect.poll(() => ask(pod, 7100, 'again'), WAIT).toBe('AGAIN');
  });

  it('reaches it through kubectl port-forward', async () => {
    const [pod = ''] = await pods();
    await using _route = await cluster.routePort({ namespace: 'default', pods: pod, port: 7200, to: { host: '127.0.0.1', port: echoPort() } });
    const forward = await kubectl(['port-forward', '--address=127.0.0.1', `pod/${pod}`, ':7200']);
    try {
      const [line] = (await once(createInterface({ input: forward.stdout }), 'line')) as [string];
      const [, port] = /127\.0\.0\.1:(\d+) -> 7200/.exec(line) ?? [];
      const socket = connect(Number(port), '127.0.0.1');
      socket.write('by kubectl');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(answer.toString('utf8')).toBe('BY KUBECTL');
    } finally {
      forward.kill();
      await once(forward, 'exit');
    }
  });

  it('ends when it is closed', async () => {
    const [pod = ''] = await pods();
    const route = await cluster.routePort({ namespace: 'default', pods: [pod], port: 7300, to: { host: '127.0.0.1', port: echoPort() } });
    expect(await ask(pod, 7300, 'here')).toBe('HERE');
    await route.close();
    await expect.poll(() => ask(pod, 7300, 'here'), WAIT).toContain('no forward found');
  });

  it('gives a file as the log of a container, and what is added to it', async () => {
    const [pod = ''] = await pods();
    const file = join(folder, 'app.log');
    const line = (second: number, words: string): string => `2026-01-31T12:00:0${second}.000000000Z stdout F ${words}\n`;
    await writeFile(file, line(1, 'first') + line(2, 'second'));
    await using _route = await cluster.routeLogs({ namespace: 'default', pods: pod, container: modest.name, file });
    expect((await cluster.kubectl(['logs', pod, '--tail=1'])).stdout).toBe('second\n');
    const following = await kubectl(['logs', '--follow', pod]);
    let heard = '';
    following.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')));
    try {
      await expect.poll(() => heard, WAIT).toBe('first\nsecond\n');
      await appendFile(file, line(3, 'third'));
      await expect.poll(() => heard, WAIT).toBe('first\nsecond\nthird\n');
    } finally {
      following.kill();
      await once(following, 'exit');
    }
  });

  it('runs a command as a local process', async () => {
    const [pod = ''] = await pods();
    await using _route = await cluster.routeExec({ namespace: 'default', pods: pod, container: modest.name, directory: folder, environment: { COLOUR: 'blue' } });
    expect(await cluster.kubectl(['exec', pod, '--', 'sh', '-c', 'echo $COLOUR $PWD; exit 4'])).toMatchObject({ stdout: `blue ${folder}\n`, exitCode: 1, stderr: expect.stringContaining('exit status 4') });
    expect((await cluster.kubectl(['exec', '-i', pod, '--', 'sh', '-c', 'read line; echo "got $line"'], { stdin: 'words\n' })).stdout).toBe('got words\n');
  });
});
