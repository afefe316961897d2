import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { metricbeatFields } from '../../packages/core/src/catalogues.ts';
import { freePort } from '../../packages/embedded-opensearch/src/index.ts';
import { metricbeatConfig, metricbeatFiles } from '../../packages/log-shippers/src/beats/index.ts';
import { beatsProtocol, kubernetesMetrics, systemMetrics } from '../../packages/log-shippers/src/index.ts';
import { ensureProgram } from './programs.ts';
import { fieldNames, type RunningProgram, startProgram, until, writeConfig, writtenDocuments } from './runProgram.ts';

const POD = 'namespace="guestbook",pod="frontend-7c9f8d6b5c-x2x4z",uid="u"';
/** As kube-state-metrics 2 names them. */
const STATE: Readonly<Record<string, readonly string[]>> = {
  kube_deployment_spec_replicas: ['{namespace="guestbook",deployment="frontend"} 3'],
  kube_deployment_status_replicas_available: ['{namespace="guestbook",deployment="frontend"} 2'],
  kube_deployment_status_replicas_unavailable: ['{namespace="guestbook",deployment="frontend"} 1'],
  kube_pod_info: [`{${POD},host_ip="10.0.0.1",pod_ip="10.0.0.2",node="node-2",created_by_kind="ReplicaSet",created_by_name="frontend-7c9f8d6b5c"} 1`],
  kube_pod_status_phase: [`{${POD},phase="Running"} 1`, `{${POD},phase="Pending"} 0`],
  kube_pod_status_ready: [`{${POD},condition="true"} 1`],
  kube_pod_container_info: [`{${POD},container="php-redis",image="i",image_id="j",container_id="containerd://abc"} 1`],
  kube_pod_container_status_restarts_total: [`{${POD},container="php-redis"} 4`],
  kube_pod_container_status_running: [`{${POD},container="php-redis"} 1`],
  kube_node_info: ['{node="node-2",kernel_version="6",os_image="d",container_runtime_version="c",kubelet_version="v1.35"} 1'],
  kube_node_spec_unschedulable: ['{node="node-2"} 0'],
  kube_node_status_capacity: ['{node="node-2",resource="pods",unit="integer"} 10'],
  kube_node_status_allocatable: ['{node="node-2",resource="pods",unit="integer"} 9'],
};
const exposition = Object.entries(STATE).map(([name, samples]) => [`# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`, ...samples.map((sample) => `${name}${sample}`)].join('\n')).join('\n');

let folder: string;
let server: Server;
let running: RunningProgram | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-metricbeat-'));
  server = createServer((_request, response) => response.setHeader('content-type', 'text/plain; version=0.0.4').end(`${exposition}\n`));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

interface Sample {
  readonly '@metadata': { readonly _id: string };
  readonly metricset: { readonly name: string };
  readonly [field: string]: unknown;
}

const SETS = ['cpu', 'filesystem', 'load', 'memory', 'network', 'state_container', 'state_deployment', 'state_node', 'state_pod'];

describe.each([['7.12', '7.12.1'], ['7.17', '7.17.0']] as const)('Metricbeat %s with a generated configuration', (version, exact) => {
  it('measures the machine and reads the state, under the names of the catalogue', async () => {
    const config = metricbeatConfig({
      version,
      sources: [systemMetrics({ hostRoot: '/', periodSeconds: 1 }), kubernetesMetrics({ kubeStateMetrics: `127.0.0.1:${(server.address() as AddressInfo).port}`, periodSeconds: 1 })],
      destination: beatsProtocol({ hosts: ['127.0.0.1:5044'] }), stateDirectory: join(folder, 'state'), monitoring: { host: '127.0.0.1', port: await freePort() },
    });
    const args = await writeConfig(metricbeatFiles({ ...config, output: { file: { path: join(folder, 'out'), filename: 'samples' } } }), join(folder, 'config'));
    running = startProgram(await ensureProgram('metricbeat', exact), args, { NODE_NAME: 'node-1' });
    const samples = await until(async () => {
      const all = (await writtenDocuments(join(folder, 'out'))) as unknown as Sample[];
      return SETS.every((name) => all.filter(({ metricset }) => metricset.name === name).length > 1) ? all : undefined;
    });
    await running.stop();
    const fields = [...Object.keys(metricbeatFields), '@metadata.beat', '@metadata.type', '@metadata.version', '@metadata._id', '@metadata.op_type', 'podscope.family'];
    expect([...new Set(samples.flatMap((sample) => fieldNames(sample)))].filter((name) => !fields.includes(name))).toEqual([]);
    expect(new Set(samples.map((sample) => sample['@metadata']._id)).size).toBe(samples.length);
    expect([...new Set(samples.map(({ metricset }) => metricset.name))].sort()).toEqual(SETS);
    const of = (name: string) => samples.findLast(({ metricset }) => metricset.name === name);
    expect(of('cpu')).toMatchObject({ event: { dataset: 'system.cpu', module: 'system' }, host: { name: 'node-1' }, system: { cpu: { cores: expect.any(Number), total: { pct: expect.any(Number), norm: { pct: expect.any(Number) } } } } });
    expect(of('memory')).toMatchObject({ system: { memory: { total: expect.any(Number), actual: { used: { bytes: expect.any(Number), pct: expect.any(Number) } } } } });
    expect(samples.find((sample) => (sample['system'] as { readonly filesystem?: { readonly mount_point: string } } | undefined)?.filesystem?.mount_point === '/')).toBeDefined();
    expect(of('network')).toMatchObject({ system: { network: { name: expect.any(String), in: { bytes: expect.any(Number) } } } });
    expect(of('state_deployment')).toMatchObject({ event: { dataset: 'kubernetes.deployment' }, kubernetes: { namespace: 'guestbook', deployment: { name: 'frontend', replicas: { desired: 3, available: 2, unavailable: 1 } } } });
    expect(of('state_pod')).toMatchObject({ kubernetes: { pod: { name: 'frontend-7c9f8d6b5c-x2x4z', status: { phase: 'running' } }, deployment: { name: 'frontend' }, node: { name: 'node-2' } } });
    expect(of('state_container')).toMatchObject({ kubernetes: { container: { name: 'php-redis', status: { restarts: 4 } } } });
    const capacity = { pod: { capacity: { total: 10 }, allocatable: { total: 9 } } };
    // The trap: 7.12 looks for the names of kube-state-metrics 1.
    if (version === '7.12') expect(of('state_node')?.['kubernetes']).toEqual({ node: { name: 'node-2' } });
    else expect(of('state_node')).toMatchObject({ kubernetes: { node: { name: 'node-2', ...capacity } } });
  });
});
